// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * {@code junit.xml}, as surefire writes it and CI servers read it: a suite for each guest and memory type, a test case a cell. A cell of
 * which nothing is promised has passed, and its output says what was observed; tries before the last are flakyFailure or rerunFailure
 * elements.
 */
public final class JUnitXml {

    public static final String NAME = "junit.xml";

    private static final double MILLIS = 1000.0;

    private final RunInfo run;
    private final String scenario;
    private final String replay;

    /**
     * @param scenario the class name of every test case
     * @param replay   the command that runs one cell again, to which its id is added
     */
    public JUnitXml(RunInfo run, String scenario, String replay) {
        this.run = run;
        this.scenario = scenario;
        this.replay = replay;
    }

    /**
     * Writes the file into a folder, whole or not at all.
     *
     * @return the file
     * @throws EnvironmentFault if it cannot be written
     */
    public Path write(Path folder, Collection<CellSummary> cells) {
        Path file = folder.resolve(NAME);
        Path temporary = folder.resolve("." + NAME);
        try {
            try (OutputStream out = Files.newOutputStream(temporary)) {
                XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
                write(xml, cells);
                xml.close();
            }
            return Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | XMLStreamException e) {
            throw new EnvironmentFault("the JUnit report cannot be written to " + file + " (" + e.getMessage()
                    + "); make room there or choose another folder with --out", e);
        }
    }

    private void write(XMLStreamWriter xml, Collection<CellSummary> cells) throws XMLStreamException {
        Map<String, List<CellSummary>> suites = new LinkedHashMap<>();
        for (CellSummary cell : cells) {
            Axes axes = Axes.of(cell.id());
            suites.computeIfAbsent(axes.guest() + "/" + axes.type(), name -> new ArrayList<>()).add(cell);
        }
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        counts(xml, scenario, cells);
        for (Map.Entry<String, List<CellSummary>> suite : suites.entrySet()) {
            suite(xml, suite.getKey(), suite.getValue());
        }
        xml.writeEndElement();
        xml.writeCharacters("\n");
        xml.writeEndDocument();
    }

    private void suite(XMLStreamWriter xml, String name, List<CellSummary> cells) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        counts(xml, name, cells);
        attribute(xml, "timestamp", run.started().toString());
        attribute(xml, "hostname", run.host());
        xml.writeStartElement("properties");
        for (Map.Entry<String, String> property : properties(cells).entrySet()) {
            xml.writeEmptyElement("property");
            attribute(xml, "name", property.getKey());
            attribute(xml, "value", property.getValue());
        }
        xml.writeEndElement();
        for (CellSummary cell : cells) {
            testCase(xml, cell);
        }
        xml.writeEndElement();
    }

    private Map<String, String> properties(List<CellSummary> cells) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("run", run.id());
        properties.put("holdfast", run.holdfast());
        properties.put("qemu", run.qemu());
        properties.put("firmware", run.firmware());
        properties.put("accelerator", run.accelerator());
        properties.put("machine", run.machine());
        properties.put("guest is a model", String.valueOf(cells.get(0).model()));
        return properties;
    }

    private static void counts(XMLStreamWriter xml, String name, Collection<CellSummary> cells) throws XMLStreamException {
        attribute(xml, "name", name);
        attribute(xml, "tests", String.valueOf(cells.size()));
        attribute(xml, "failures", String.valueOf(cells.stream().filter(CellSummary::failed).count()));
        attribute(xml, "errors", "0");
        attribute(xml, "skipped", "0");
        attribute(xml, "flakes", String.valueOf(cells.stream().filter(CellSummary::flaky).count()));
        attribute(xml, "time", seconds(cells.stream().mapToLong(CellSummary::millis).sum()));
    }

    private void testCase(XMLStreamWriter xml, CellSummary cell) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement("testcase");
        attribute(xml, "name", cell.id());
        attribute(xml, "classname", scenario);
        attribute(xml, "time", seconds(cell.millis()));
        if (cell.failed()) {
            failures(xml, cell);
        } else {
            for (Attempt attempt : cell.earlier()) {
                attempt(xml, "flakyFailure", cell, attempt.reason(), attempt.folder());
            }
        }
        xml.writeStartElement("system-out");
        xml.writeCharacters(valid((cell.model() ? "MODEL: " : "") + cell.outcome().word() + ": " + cell.reason() + "\n"));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    /** Surefire calls the first try the failure, and the tries after it reruns. */
    private void failures(XMLStreamWriter xml, CellSummary cell) throws XMLStreamException {
        List<Attempt> attempts = new ArrayList<>(cell.earlier());
        attempts.add(new Attempt(cell.reason(), cell.folder(), cell.millis()));
        for (int i = 0; i < attempts.size(); i++) {
            attempt(xml, i == 0 ? "failure" : "rerunFailure", cell, attempts.get(i).reason(), attempts.get(i).folder());
        }
    }

    private void attempt(XMLStreamWriter xml, String element, CellSummary cell, String reason, String folder) throws XMLStreamException {
        String words = "seen: " + reason + "\npromised: " + cell.promised() + " (" + cell.source() + ")\nkept in: " + folder
                + "\nagain: " + replay + " " + cell.id() + "\n";
        xml.writeStartElement(element);
        attribute(xml, "message", reason);
        attribute(xml, "type", "promise broken: " + cell.promised());
        if (element.equals("failure")) {
            xml.writeCharacters(valid(words));
        } else {
            xml.writeStartElement("stackTrace");
            xml.writeCharacters(valid(words));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, valid(value));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / MILLIS);
    }

    /** XML 1.0 has no way to write most control characters (section 2.2, Char), escaped or not. */
    static String valid(String text) {
        StringBuilder valid = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean isChar = c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
            if (isChar) {
                valid.appendCodePoint(c);
            } else {
                valid.append(String.format(Locale.ROOT, "\\x%02X", c));
            }
        });
        return valid.toString();
    }
}
