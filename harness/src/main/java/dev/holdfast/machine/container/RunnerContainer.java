// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.StreamType;
import dev.holdfast.machine.Tail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A container that lives as long as its standard input is held open from here: when this program ends, however it does, Docker closes
 * that, the container's first process ends with it, and Docker removes the container. It has no network, no capability, no volume and
 * nothing of the host's file system; its files are in its memory.
 */
final class RunnerContainer extends GenericContainer<RunnerContainer> {

    /** The label that names the run. */
    static final String RUN_LABEL = "dev.holdfast.run";
    /** The label that names the process that started it, for a person: its number on its computer. */
    static final String PROCESS_LABEL = "dev.holdfast.process";
    /** Where its files are. */
    static final Path FOLDER = Path.of("/run/holdfast");

    private static final String KVM = "/dev/kvm";
    private static final String PROCMUX = "/procmux";
    private static final long MAX_TASKS = 4096;
    private static final int PORTIONS = 32;

    private final ByteQueue input = new ByteQueue(PORTIONS);
    private final Mux mux = new Mux(input);
    private final Tail complaints = new Tail();
    private boolean attached;

    /**
     * @param procmux the program that becomes its first process
     * @param run     the run's name
     * @param kvm     whether it is given /dev/kvm
     * @param group   a group that its processes are members of besides
     */
    RunnerContainer(RunnerImage image, Path procmux, String run, boolean kvm, Optional<Integer> group) {
        super(DockerImageName.parse(image.name()));
        // It has been looked at already, and nobody wants another in its place.
        withImagePullPolicy(PullPolicy.ageBased(Duration.ofDays(100_000)));
        withLabel(RUN_LABEL, run);
        withLabel(PROCESS_LABEL, Long.toString(ProcessHandle.current().pid()));
        withTmpFs(Map.of(FOLDER.toString(), "rw,noexec,nosuid,nodev,mode=1777"));
        withCopyFileToContainer(MountableFile.forHostPath(procmux, 0555), PROCMUX);
        withCommand(PROCMUX, Integer.toString(Mux.SILENCE_SECONDS), FOLDER.toString());
        withCreateContainerCmdModifier(command -> {
            command.withStdinOpen(true).withStdInOnce(true);
            HostConfig host = command.getHostConfig();
            host.withAutoRemove(true).withNetworkMode("none").withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
                    .withCapDrop(Capability.ALL).withSecurityOpts(List.of("no-new-privileges")).withPidsLimit(MAX_TASKS);
            group.ifPresent(id -> host.withGroupAdd(List.of(Integer.toString(id))));
            if (kvm) {
                host.withDevices(new Device("rw", KVM, KVM));
            }
        });
    }

    Mux mux() {
        return mux;
    }

    /** What its first process complained about, on one line. */
    String lastWords() {
        return complaints.text();
    }

    /** Attached before it is started, so that it never runs without somebody who holds its input open. */
    @Override
    protected void containerIsCreated(String id) {
        dockerClient.attachContainerCmd(id).withStdIn(input).withStdOut(true).withStdErr(true).withFollowStream(true)
                .exec(new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                        if (frame.getStreamType() == StreamType.STDERR) {
                            complaints.write(frame.getPayload(), 0, frame.getPayload().length);
                        } else {
                            mux.receive(frame.getPayload());
                        }
                    }

                    @Override
                    public void onComplete() {
                        mux.ended(gone(id));
                        super.onComplete();
                    }

                    @Override
                    public void onError(Throwable fault) {
                        mux.ended(gone(id));
                        super.onError(fault);
                    }
                });
        attached = true;
    }

    /** Has its first process end; Docker then removes it, which nobody needs to wait for: should this program end first, so does that. */
    @Override
    public void close() {
        mux.close();
        if (!attached) {
            stop();
        }
    }

    private static String gone(String id) {
        return "the container " + id.substring(0, 12) + " in which the machines ran has gone: it, its memory or the Docker daemon was taken "
                + "away from outside; see to that (docker events says what happened) and carry on with --resume";
    }
}
