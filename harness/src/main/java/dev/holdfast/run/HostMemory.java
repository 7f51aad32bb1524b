// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import com.sun.management.OperatingSystemMXBean;
import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory machines may take of this computer. */
public final class HostMemory {

    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$");
    private static final long MIB = 1024 * 1024;

    private HostMemory() {
    }

    /**
     * What the kernel says can be had without swapping, or the limit of the control group that this program is in if that is less; MiB.
     *
     * @throws EnvironmentFault if the kernel does not tell
     */
    public static int availableMiB() {
        Path meminfo = Path.of("/proc/meminfo");
        try {
            // The JDK reads the control group's limit, of either version; without one this is the computer's memory.
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            return availableMiB(Files.readString(meminfo), system.getTotalMemorySize());
        } catch (IOException e) {
            throw new EnvironmentFault(meminfo + " cannot be read (" + e.getMessage() + "); mount /proc", e);
        }
    }

    static int availableMiB(String meminfo, long limitBytes) {
        Matcher matcher = AVAILABLE.matcher(meminfo);
        long available = matcher.find() ? Long.parseLong(matcher.group(1)) * 1024 : limitBytes;
        return (int) Math.min(Integer.MAX_VALUE, Math.min(available, limitBytes) / MIB);
    }
}
