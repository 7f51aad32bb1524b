// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.machine.EnvironmentFault;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** {@code report.html}: a run on one page that needs nothing beside it, what has to be looked at first. */
public final class HtmlPage {

    public static final String NAME = "report.html";

    /** Where a link may lead: to what this program keeps beside the page. */
    private static final Pattern KEPT = Pattern.compile("cells/[A-Za-z0-9@_,-][A-Za-z0-9@._,-]*");
    private static final String STYLE = "report.css";
    private static final double MILLIS = 1000.0;

    private final RunInfo run;
    private final Asked asked;

    public HtmlPage(RunInfo run, Asked asked) {
        this.run = run;
        this.asked = asked;
    }

    /**
     * Writes the page into a folder, whole or not at all.
     *
     * @throws EnvironmentFault if it cannot be written
     */
    public void write(Path folder, List<CellSummary> cells, Totals totals) {
        Path file = folder.resolve(NAME);
        Path temporary = folder.resolve("." + NAME);
        try {
            try (BufferedWriter out = Files.newBufferedWriter(temporary)) {
                out.write("<!DOCTYPE html>\n");
                XMLStreamWriter html = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
                page(html, cells, totals);
                html.close();
                out.write('\n');
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | XMLStreamException e) {
            throw new EnvironmentFault("the page cannot be written to " + file + " (" + e.getMessage()
                    + "); make room there or choose another folder with --out", e);
        }
    }

    private void page(XMLStreamWriter html, List<CellSummary> cells, Totals totals) throws XMLStreamException {
        html.writeStartElement("html");
        html.writeAttribute("lang", "en");
        html.writeStartElement("head");
        meta(html, "charset", "UTF-8");
        // Whatever a guest has said, nothing on this page is run or fetched.
        meta(html, "http-equiv", "Content-Security-Policy", "content", "default-src 'none'; style-src 'unsafe-inline'");
        element(html, "title", asked.name() + ": " + totals.words());
        element(html, "style", style());
        html.writeEndElement();
        html.writeStartElement("body");
        element(html, "h1", asked.name());
        element(html, "p", totals.words() + (totals.cells() < asked.cells()
                ? "; " + Words.count(asked.cells() - totals.cells(), "cell") + " of " + asked.cells() + " not run" : ""));
        circumstances(html);
        for (Mark mark : List.of(Mark.FAIL, Mark.FLAKY)) {
            List<CellSummary> marked = cells.stream().filter(cell -> Mark.of(cell) == mark).toList();
            if (!marked.isEmpty()) {
                element(html, "h2", mark == Mark.FAIL ? "Not as promised" : "Not at the first try");
                for (CellSummary cell : marked) {
                    finding(html, cell);
                }
            }
        }
        element(html, "h2", "All cells");
        table(html, cells);
        html.writeEndElement();
        html.writeEndElement();
    }

    private void circumstances(XMLStreamWriter html) throws XMLStreamException {
        html.writeStartElement("dl");
        entry(html, "run", run.id());
        entry(html, "started", run.started() + " on " + run.host());
        entry(html, "machine", run.machine() + ", QEMU " + run.qemu() + ", " + run.accelerator());
        entry(html, "firmware", run.firmware());
        entry(html, "holdfast", run.holdfast());
        html.writeEndElement();
    }

    private void finding(XMLStreamWriter html, CellSummary cell) throws XMLStreamException {
        element(html, "h3", named(cell));
        html.writeStartElement("dl");
        for (int i = 0; i < cell.earlier().size(); i++) {
            entry(html, "seen at try " + (i + 1), cell.earlier().get(i).reason());
            keptIn(html, cell.earlier().get(i).folder());
        }
        entry(html, cell.earlier().isEmpty() ? "seen" : "seen at try " + cell.attempts(), cell.reason());
        entry(html, "promised", cell.promised() + " (" + cell.source() + ")");
        keptIn(html, cell.folder());
        element(html, "dt", "again");
        html.writeStartElement("dd");
        element(html, "code", asked.replay() + " " + cell.id());
        html.writeEndElement();
        html.writeEndElement();
    }

    private static void keptIn(XMLStreamWriter html, String folder) throws XMLStreamException {
        element(html, "dt", "kept in");
        html.writeStartElement("dd");
        link(html, folder, folder);
        html.writeEndElement();
    }

    private static void table(XMLStreamWriter html, List<CellSummary> cells) throws XMLStreamException {
        html.writeStartElement("table");
        html.writeStartElement("tr");
        for (String head : List.of("verdict", "cell", "promised", "observed", "seconds")) {
            element(html, "th", head);
        }
        html.writeEndElement();
        for (CellSummary cell : cells) {
            html.writeCharacters("\n");
            html.writeStartElement("tr");
            String word = Mark.of(cell).word();
            column(html, word.toLowerCase(Locale.ROOT), word);
            html.writeStartElement("td");
            html.writeAttribute("class", "cell");
            link(html, cell.folder(), named(cell));
            html.writeEndElement();
            element(html, "td", cell.promised());
            element(html, "td", cell.reason());
            column(html, "time", String.format(Locale.ROOT, "%.1f", cell.millis() / MILLIS));
            html.writeEndElement();
        }
        html.writeEndElement();
    }

    /** A model's word is not Windows' word, and no line of a report may be read without that. */
    private static String named(CellSummary cell) {
        return cell.id() + (cell.model() ? " (MODEL)" : "");
    }

    private static void link(XMLStreamWriter html, String folder, String words) throws XMLStreamException {
        if (!isKept(folder)) {
            html.writeCharacters(JUnitXml.valid(words));
            return;
        }
        html.writeStartElement("a");
        html.writeAttribute("href", folder + "/");
        html.writeCharacters(JUnitXml.valid(words));
        html.writeEndElement();
    }

    /** Whether this is the name of a folder in which this program keeps something, relative to the results. */
    static boolean isKept(String folder) {
        return KEPT.matcher(folder).matches();
    }

    private static void entry(XMLStreamWriter html, String term, String words) throws XMLStreamException {
        element(html, "dt", term);
        element(html, "dd", words);
    }

    private static void column(XMLStreamWriter html, String style, String words) throws XMLStreamException {
        html.writeStartElement("td");
        html.writeAttribute("class", style);
        html.writeCharacters(JUnitXml.valid(words));
        html.writeEndElement();
    }

    private static void element(XMLStreamWriter html, String name, String words) throws XMLStreamException {
        html.writeStartElement(name);
        html.writeCharacters(JUnitXml.valid(words));
        html.writeEndElement();
    }

    private static void meta(XMLStreamWriter html, String... namesAndValues) throws XMLStreamException {
        html.writeEmptyElement("meta");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            html.writeAttribute(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    private static String style() {
        try (InputStream in = HtmlPage.class.getResourceAsStream(STYLE)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks " + STYLE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
