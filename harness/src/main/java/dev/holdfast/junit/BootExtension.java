// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import dev.holdfast.machine.InteractiveMachine;
import dev.holdfast.machine.Machine;
import dev.holdfast.plan.Cell;
import dev.holdfast.wire.Block;
import dev.holdfast.wire.Transcript;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Boots machines for tests, each test its own: {@link BootTest} brings it along, or a test class registers one with the specification that
 * its tests start from. What it found on this computer is kept until all tests are over; tests may run in parallel.
 */
public final class BootExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(BootExtension.class);
    /** Parameters that want a boot to have been started. */
    private static final Map<Class<?>, Function<BootSession, Object>> OF_BOOT = Map.of(
            BootSession.class, boot -> boot,
            InteractiveMachine.class, BootSession::machine,
            Machine.class, BootSession::machine,
            Block.class, BootSession::block,
            Transcript.class, BootExtension::wholeTranscript);

    private final BootSpec usual;

    /** For {@link BootTest}. */
    public BootExtension() {
        this(BootSpec.contract());
    }

    /** @param usual what boots where no annotation says otherwise */
    public BootExtension(BootSpec usual) {
        this.usual = usual;
    }

    /** Starts the boot that the test has a parameter of, so that what this computer lacks is said in one sentence. */
    @Override
    public void beforeEach(ExtensionContext context) {
        if (Stream.of(context.getRequiredTestMethod().getParameterTypes()).anyMatch(OF_BOOT::containsKey)) {
            sessions(context).main();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Boots.class || OF_BOOT.containsKey(type);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("a boot belongs to one test: take a "
                    + parameter.getParameter().getType().getSimpleName() + " as a parameter of the test, or of a method that runs before each");
        }
        Sessions sessions = sessions(context);
        Class<?> type = parameter.getParameter().getType();
        return type == Boots.class ? sessions : OF_BOOT.get(type).apply(sessions.main());
    }

    private static Transcript wholeTranscript(BootSession boot) {
        boot.result();
        return boot.transcript();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Sessions sessions = context.getStore(NAMESPACE).get(Sessions.class, Sessions.class);
        if (sessions == null) {
            return;
        }
        List<BootSession> started = sessions.started();
        for (int i = 0; i < started.size(); i++) {
            BootSession boot = started.get(i);
            Artifacts.publish(boot, i == 0 ? "" : "boot" + (i + 1) + "-", context);
            if (context.getExecutionException().isPresent()) {
                context.publishReportEntry(Map.of("holdfast.kept", Replay.shown(boot.folder()), "holdfast.again", boot.again()));
                // An assertion on the boot says it itself.
                if (!String.valueOf(context.getExecutionException().get().getMessage()).contains(boot.again())) {
                    System.err.println("holdfast: " + context.getDisplayName() + " failed; kept in " + Replay.shown(boot.folder()) + "; again: "
                            + boot.again());
                }
            }
        }
    }

    private Sessions sessions(ExtensionContext context) {
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(Sessions.class, key -> new Sessions(laboratory(context),
                asked(context), matrix(context), OutFolders.of(context)), Sessions.class);
    }

    private static Laboratory laboratory(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Laboratory.class, key -> new Laboratory(), Laboratory.class);
    }

    private BootSpec asked(ExtensionContext context) {
        BootSpec annotated = Annotations.read(context, usual);
        Optional<Cell> argument = CellArgument.of(context);
        return argument.map(annotated::cell).orElse(annotated);
    }

    private static Optional<String> matrix(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getTestMethod(), MatrixSource.class).map(MatrixSource::value);
    }
}
