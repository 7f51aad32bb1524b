// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import dev.holdfast.plan.Cell;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Turns {@link BootTest} into a {@link BootSpec}: what stands further in holds over what stands further out. */
final class Annotations {

    private Annotations() {
    }

    /** @param outermost what holds where no annotation says anything */
    static BootSpec read(ExtensionContext context, BootSpec outermost) {
        Deque<AnnotatedElement> inwards = new ArrayDeque<>();
        context.getTestMethod().ifPresent(inwards::push);
        for (Class<?> type = context.getTestClass().orElse(null); type != null; type = type.getEnclosingClass()) {
            inwards.push(type);
        }
        BootSpec spec = outermost;
        for (AnnotatedElement element : inwards) {
            Optional<BootTest> annotation = AnnotationSupport.findAnnotation(element, BootTest.class);
            if (annotation.isPresent()) {
                spec = apply(annotation.get(), spec);
            }
        }
        return spec;
    }

    private static BootSpec apply(BootTest test, BootSpec outer) {
        BootSpec spec = outer;
        if (!test.cell().isEmpty()) {
            spec = spec.cell(Cell.named(test.cell()).orElseThrow(() -> new IllegalArgumentException("there is no cell '" + test.cell()
                    + "'; see: holdfast list cells")));
        }
        for (Map.Entry<String, String> axis : axes(test).entrySet()) {
            if (!axis.getValue().isEmpty()) {
                spec = spec.with(axis.getKey(), axis.getValue());
            }
        }
        if (!test.driver().isEmpty()) {
            spec = spec.driver(Path.of(test.driver()));
        }
        if (!test.certificate().isEmpty()) {
            spec = spec.certificate(Path.of(test.certificate()));
        }
        if (!test.application().isEmpty()) {
            spec = spec.application(Path.of(test.application()));
        }
        for (String file : test.files()) {
            int sign = file.indexOf('=');
            if (sign < 0) {
                throw new IllegalArgumentException("'" + file + "' is no file for an EFI system partition; write /PATH/IN/IT=FILE");
            }
            spec = spec.file(file.substring(0, sign), Path.of(file.substring(sign + 1)));
        }
        if (test.timeout() != 0) {
            spec = spec.timeout(Duration.ofSeconds(test.timeout()));
        }
        spec = test.display() ? spec.withDisplay() : spec;
        return test.cold() ? spec.fromReset() : spec;
    }

    private static Map<String, String> axes(BootTest test) {
        Map<String, String> axes = new LinkedHashMap<>();
        axes.put("guest", test.guest());
        axes.put("machine", test.machine());
        axes.put("type", test.type());
        axes.put("placement", test.placement());
        axes.put("pages", test.pages());
        axes.put("locating", test.locating());
        axes.put("mapping", test.mapping());
        axes.put("verifier", test.verifier());
        axes.put("probe", test.probe());
        axes.put("pressure", test.pressure());
        axes.put("reboot", test.reboot());
        axes.put("model", test.model());
        axes.put("version", test.version());
        return axes;
    }
}
