// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.plan.Codes;
import dev.holdfast.plan.Hex;
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
    private static final long VERIFIER = 0xC4;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CODE",
            description = "A number in hex, such as 0xC0000428, or a bug check with its first parameter, such as 0xC4/0x83.")
    private String code;

    @Override
    public Integer call() {
        Matcher matcher = CODE.matcher(code);
        if (!matcher.matches()) {
            throw usage("'" + code + "' is no code; write it in hex, such as 0xC0000428 or 0xC4/0x83");
        }
        long number = Long.parseUnsignedLong(matcher.group(1), 16);
        String rule = matcher.group(2);
        List<Codes.Code> meanings = rule == null ? ofNumber(number) : ofRule(number, Long.parseUnsignedLong(rule, 16));
        if (meanings.isEmpty()) {
            throw usage("there is no explanation for " + code + " here; Microsoft's and UEFI's own references list every code");
        }
        meanings.forEach(this::print);
        return ExitStatus.AS_PROMISED;
    }

    private static List<Codes.Code> ofNumber(long number) {
        return Codes.TABLE.stream().filter(entry -> entry.number() == number && entry.space() != Codes.Space.VERIFIER_0XC4).toList();
    }

    private static List<Codes.Code> ofRule(long bugCheck, long rule) {
        return bugCheck == VERIFIER ? Codes.find(Codes.Space.VERIFIER_0XC4, rule).stream().toList() : List.of();
    }

    private void print(Codes.Code meaning) {
        PrintWriter out = spec.commandLine().getOut();
        boolean rule = meaning.space() == Codes.Space.VERIFIER_0XC4;
        out.println((rule ? "bug check 0xC4, parameter 1 = " : kind(meaning.space()) + " ") + Hex.of(meaning.number())
                + (meaning.name().isEmpty() ? "" : " " + meaning.name()) + ": " + meaning.words() + ".");
        out.println("  source: " + meaning.source());
        out.flush();
    }

    private static String kind(Codes.Space space) {
        return space == Codes.Space.BUG_CHECK ? "bug check" : space.name();
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
