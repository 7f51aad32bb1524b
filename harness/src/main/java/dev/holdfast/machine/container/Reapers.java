// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;
import org.testcontainers.utility.ResourceReaper;

/**
 * Decides whether Ryuk, Testcontainers' container that removes what a dead program left, is to watch over this one's. Where its image
 * is not to be had, Testcontainers gives up altogether, unless the environment forbids Ryuk beforehand: a program cannot say so otherwise.
 * Without Ryuk the containers of this package go nevertheless, since each ends with the stream that it is led by.
 */
final class Reapers {

    private static final String FORBIDDEN = "TESTCONTAINERS_RYUK_DISABLED";
    /** The one that Testcontainers 2.0.5 starts (RyukContainer). */
    private static final String RYUK = "testcontainers/ryuk:0.14.0";
    private static final long PULL_SECONDS = 10;

    private Reapers() {
    }

    /** Whether the environment forbids it, which Testcontainers then knows. */
    static boolean forbidden(Map<String, String> environment) {
        return Boolean.parseBoolean(environment.get(FORBIDDEN));
    }

    /** @param client one that Testcontainers has not yet made its own */
    static boolean obtainable(DockerClient client) {
        String image = ImageNameSubstitutor.instance().apply(DockerImageName.parse(RYUK)).asCanonicalNameString();
        try {
            client.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return pull(client, image);
        }
    }

    private static boolean pull(DockerClient client, String image) {
        try {
            return client.pullImageCmd(image).start().awaitCompletion(PULL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException e) {
            // There are as many of them as there are ways not to reach a registry.
            return false;
        }
    }

    /** Puts Testcontainers in the state that the variable would have put it in, less the hook that removes what removes itself. */
    static void doWithout() {
        try {
            Constructor<?> hook = Class.forName("org.testcontainers.utility.JVMHookResourceReaper").getDeclaredConstructor();
            hook.setAccessible(true);
            Object reaper = hook.newInstance();
            Field hookIsSet = ResourceReaper.class.getDeclaredField("hookIsSet");
            hookIsSet.setAccessible(true);
            ((AtomicBoolean) hookIsSet.get(reaper)).set(true);
            Field instance = ResourceReaper.class.getDeclaredField("instance");
            instance.setAccessible(true);
            synchronized (ResourceReaper.class) {
                if (instance.get(null) == null) {
                    instance.set(null, reaper);
                }
            }
        } catch (ReflectiveOperationException e) {
            // Another version of Testcontainers: it then says itself that Ryuk cannot be had.
            return;
        }
    }
}
