// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import dev.holdfast.plan.MachineShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Turns a machine's specification into QEMU's arguments. */
public final class QemuCommandLine {

    /** By this name a guest finds the port: the symbolic link in /dev/virtio-ports of Linux. */
    public static final String PORT_NAME = "dev.holdfast.0";

    private static final String RAM = "ram";

    private QemuCommandLine() {
    }

    /** The program and its arguments. Depends on nothing but what it is given. */
    public static List<String> of(Path qemu, MachineSpec spec, Endpoints endpoints) {
        List<String> line = machine(qemu, spec, endpoints.vars());
        addConsole(line, spec, endpoints);
        add(line, "-chardev", "pipe,id=channel,path=" + value(endpoints.serial()), "-serial", "chardev:channel");
        // A client: where nobody waits on that socket, because the harness has died, QEMU does not start.
        add(line, "-chardev", "socket,id=qmp,path=" + value(endpoints.qmp()), "-mon", "chardev=qmp,mode=control");
        return withDevices(line, spec);
    }

    /** The same for a machine whose monitor is QEMU's standard input and output, and at which nobody types. */
    public static List<String> monitoredOnStandardStreams(Path qemu, MachineSpec spec, Path vars, Path serial) {
        List<String> line = machine(qemu, spec, vars);
        addConsoleLog(line, spec);
        add(line, "-chardev", "pipe,id=channel,path=" + value(serial), "-serial", "chardev:channel");
        add(line, "-chardev", "stdio,id=qmp,signal=off", "-mon", "chardev=qmp,mode=control");
        return withDevices(line, spec);
    }

    /**
     * The same for a machine that nobody but a person attends to: the second serial port is QEMU's standard input and output, and there is
     * no monitor.
     *
     * @param vars its copy of the firmware's variable store
     */
    static List<String> attended(Path qemu, MachineSpec spec, Path vars) {
        List<String> line = machine(qemu, spec, vars);
        addConsoleLog(line, spec);
        add(line, "-chardev", "stdio,id=channel", "-serial", "chardev:channel");
        return withDevices(line, spec);
    }

    private static List<String> machine(Path qemu, MachineSpec spec, Path vars) {
        List<String> line = new ArrayList<>();
        line.add(qemu.toString());
        add(line, "-nodefaults", "-no-user-config");
        add(line, "-machine", "q35,accel=" + spec.accelerator().qemuName() + lowMemory(spec.memory()) + memoryBackend(spec.origin()));
        add(line, "-cpu", spec.accelerator().processor(), "-m", spec.memory().memoryMiB() + "M", "-smp", Integer.toString(spec.cpus()));
        addMemory(line, spec);
        add(line, "-display", "none");
        // One that panics must stay to be looked at.
        add(line, "-action", "reboot=" + (spec.restarts() ? "reset" : "shutdown") + ",panic=pause");
        addFirmware(line, spec.firmware(), vars);
        addDisks(line, spec.disks());
        return line;
    }

    private static void addConsole(List<String> line, MachineSpec spec, Endpoints endpoints) {
        if (!spec.interactive()) {
            addConsoleLog(line, spec);
            return;
        }
        // A client, as the monitor is.
        add(line, "-chardev", "socket,id=console,path=" + value(endpoints.console()) + ",logfile=" + value(spec.consoleLog()),
                "-serial", "chardev:console");
    }

    private static void addConsoleLog(List<String> line, MachineSpec spec) {
        add(line, "-chardev", "file,id=console,path=" + value(spec.consoleLog()), "-serial", "chardev:console");
    }

    private static List<String> withDevices(List<String> line, MachineSpec spec) {
        if (spec.debugExit()) {
            add(line, "-device", "isa-debug-exit,iobase=0xf4,iosize=0x04");
        }
        if (spec.devices().contains(Device.VIRTIO_PORT)) {
            add(line, "-device", "virtio-serial-pci", "-chardev", "file,id=port,path=" + value(spec.portLog()));
            add(line, "-device", "virtserialport,chardev=port,name=" + PORT_NAME);
        }
        if (spec.devices().contains(Device.PVPANIC)) {
            add(line, "-device", "pvpanic-pci");
        }
        if (spec.display()) {
            add(line, "-device", "VGA");
        }
        new TreeMap<>(spec.fwCfg()).forEach((name, file) -> add(line, "-fw_cfg", "name=" + name + ",file=" + value(file)));
        return List.copyOf(line);
    }

    private static String memoryBackend(MachineSpec.Origin origin) {
        boolean ofItsOwn = origin instanceof MachineSpec.Origin.Reset || origin instanceof MachineSpec.Origin.Resumed;
        return ofItsOwn ? "" : ",memory-backend=" + RAM;
    }

    /** QEMU puts what exceeds this limit at 4 GiB (hw/i386/pc_q35.c, pc_q35_init). */
    private static String lowMemory(MachineShape memory) {
        return memory.split() ? ",max-ram-below-4g=" + memory.belowFourGiBMiB() + "M" : "";
    }

    private static void addMemory(List<String> line, MachineSpec spec) {
        if (spec.origin() instanceof MachineSpec.Origin.Recorded recorded) {
            add(line, "-object", ramFile(spec, recorded.ram(), "share=on"));
        } else if (spec.origin() instanceof MachineSpec.Origin.Forked forked) {
            // A guest writes to nearly all of its memory; copying it in one go is cheaper than a page fault for each page.
            add(line, "-object", ramFile(spec, forked.ram(), "share=off,prealloc=on"));
        }
        if (spec.origin().stateFile().isPresent()) {
            // The state is asked for through the monitor, once it has been told what is no part of it.
            add(line, "-incoming", "defer");
        }
    }

    private static String ramFile(MachineSpec spec, Path file, String sharing) {
        return "memory-backend-file,id=" + RAM + ",size=" + spec.memory().memoryMiB() + "M,mem-path=" + value(file) + "," + sharing;
    }

    private static void addFirmware(List<String> line, Firmware firmware, Path vars) {
        add(line, "-drive", "if=pflash,unit=0,readonly=on,format=" + firmware.codeFormat() + ",file=" + value(firmware.code()));
        add(line, "-drive", "if=pflash,unit=1,format=" + firmware.varsFormat() + ",file=" + value(vars));
    }

    private static void addDisks(List<String> line, List<MachineSpec.Disk> disks) {
        for (int i = 0; i < disks.size(); i++) {
            add(line, "-drive", "if=none,id=disk" + i + ",readonly=on,format=raw,file=" + value(disks.get(i).image()));
            add(line, "-device", "virtio-blk-pci,drive=disk" + i + ",bootindex=" + i);
        }
    }

    /** A path as an option's value: QEMU reads a comma as the end of it unless it is doubled. */
    private static String value(Path path) {
        return path.toString().replace(",", ",,");
    }

    private static void add(List<String> line, String... arguments) {
        line.addAll(List.of(arguments));
    }
}
