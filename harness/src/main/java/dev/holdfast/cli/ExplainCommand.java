// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.plan.Codes;
import dev.holdfast.plan.Hex;
import dev.holdfast.plan.StopReason;
import dev.holdfast.plan.Suggestions;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "explain", mixinStandardHelpOptions = true,
        description = "Say in words what a bug check or a status means, and who says so.")
final class ExplainCommand implements Callable<Integer> {

    private static final Pattern CODE = Pattern.compile("(?:0[xX])?([0-9a-fA-F]{1,16})(?:/(?:0[xX])?([0-9a-fA-F]{1,16}))?");

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CODE",
            description = "A number in hex, such as 0xC0000428, a name, such as EPERM, or a bug check with the parameter that tells its "
                    + "reason (the first, of 0xC1 the fourth), such as 0xC4/0x83.")
    private String code;

    @Override
    public Integer call() {
        List<String> meanings = Codes.named(code).stream().map(ExplainCommand::said).toList();
        if (meanings.isEmpty()) {
            meanings = ofDigits();
        }
        if (meanings.isEmpty()) {
            throw usage("there is no explanation for " + code + " here; Microsoft's, UEFI's and Linux's own references list every code");
        }
        PrintWriter out = spec.commandLine().getOut();
        meanings.forEach(out::println);
        out.flush();
        return ExitStatus.AS_PROMISED;
    }

    private List<String> ofDigits() {
        Matcher matcher = CODE.matcher(code);
        if (!matcher.matches()) {
            throw usage("'" + code + "' is no code; write it in hex, such as 0xC0000428 or 0xC4/0x83, or by its name, such as EPERM"
                    + Suggestions.nearest(code, Codes.TABLE.stream().map(Codes.Code::name)).map(near -> "; did you mean " + near + "?").orElse(""));
        }
        long number = Long.parseUnsignedLong(matcher.group(1), 16);
        return matcher.group(2) == null ? Codes.TABLE.stream().filter(entry -> entry.number() == number).map(ExplainCommand::said).toList()
                : ofReason(number, Long.parseUnsignedLong(matcher.group(2), 16));
    }

    private static String said(Codes.Code code) {
        return said(kind(code.space()) + " " + Hex.of(code.number()) + " " + code.name(), code.words(), code.source());
    }

    private static List<String> ofReason(long bugCheck, long value) {
        return StopReason.of(bugCheck, value).stream().map(reason -> said("bug check " + Hex.of(bugCheck) + ", parameter "
                + reason.parameter() + " = " + Hex.of(value), reason.words(), reason.source())).toList();
    }

    private static String said(String what, String words, String source) {
        return what + ": " + words + "." + System.lineSeparator() + "  source: " + source;
    }

    private static String kind(Codes.Space space) {
        return switch (space) {
            case BUG_CHECK -> "bug check";
            case ERRNO -> "errno";
            default -> space.name();
        };
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
