// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.run.Verdict.Outcome;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class HtmlPageTest {

    @TempDir
    private Path folder;

    @Test
    void everyCellHasARowThatSaysThatAModelSpoke() throws Exception {
        Document page = page(Samples.summaries(30, 10));

        NodeList rows = page.getElementsByTagName("tr");
        assertThat(rows.getLength()).isEqualTo(31);
        for (int i = 1; i < rows.getLength(); i++) {
            assertThat(rows.item(i).getTextContent()).contains("(MODEL)");
        }
    }

    @Test
    void whatFailedStandsFirstWithTheCommandThatRepeatsIt() throws Exception {
        CellSummary failed = Samples.summary(Samples.saying(0, Outcome.FAIL, "page 1 differs"));
        Document page = page(List.of(Samples.summary(Samples.thread(1, Samples.KEPT)), failed));

        String text = page.getDocumentElement().getTextContent();
        assertThat(text).contains("page 1 differs").contains("replay " + failed.id()).contains("6 cells of 8 not run");
        assertThat(text.indexOf("Not as promised")).isBetween(0, text.indexOf("All cells"));
    }

    @Test
    void whatAGuestSaidIsTextAndNothingElse() throws Exception {
        CellSummary said = Samples.summary(Samples.saying(0, Outcome.FAIL, "<script>alert('\u0000\u202E')</script>&amp;"));
        Document page = page(List.of(said));

        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getDocumentElement().getTextContent()).contains("<script>alert('\\x00\\x202E')</script>&amp;");
        assertThat(Files.readString(folder.resolve(HtmlPage.NAME))).startsWith("<!DOCTYPE html>\n").contains("default-src 'none'");
    }

    @Test
    void aLinkLeadsNowhereButToWhatIsKeptBesideThePage() throws Exception {
        CellSummary cell = Samples.summary(Samples.thread(0, Samples.KEPT));
        for (String folder : List.of("javascript:alert(1)", "cells/../../x", "/etc", "cells/..", "cells/a/b", "http:cells/a")) {
            assertThat(page(List.of(in(cell, folder))).getElementsByTagName("a").getLength()).as(folder).isZero();
        }
        assertThat(page(List.of(in(cell, "cells/a@b,c.try1"))).getElementsByTagName("a").item(0).getAttributes().item(0).getNodeValue())
                .isEqualTo("cells/a@b,c.try1/");
    }

    private static CellSummary in(CellSummary cell, String folder) {
        return new CellSummary(cell.id(), cell.place(), cell.model(), cell.outcome(), cell.reason(), cell.promised(), cell.source(),
                cell.observation(), cell.millis(), folder, cell.earlier(), cell.log());
    }

    /** The page as a browser reads it, less the line before its root element, which is no XML. */
    private Document page(List<CellSummary> cells) throws Exception {
        Totals totals = new Totals();
        cells.forEach(totals::add);
        new HtmlPage(Samples.RUN, Samples.ASKED).write(folder, cells, totals);
        String text = Files.readString(folder.resolve(HtmlPage.NAME));
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.substring(text.indexOf('\n') + 1).getBytes(StandardCharsets.UTF_8)));
    }
}
