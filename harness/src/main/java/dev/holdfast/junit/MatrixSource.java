// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * The cells of a matrix, one an invocation of a {@code @ParameterizedTest}, as its first parameter; a {@link BootSession} beside it is
 * that cell's boot, and judged by that matrix's promises.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(MatrixArguments.class)
public @interface MatrixSource {

    /** A shipped scenario's name, or a matrix file (.yaml). */
    String value();

    /** Only cells whose id fits this: {@code *} stands for any characters. */
    String filter() default "*";
}
