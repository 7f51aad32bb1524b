// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.run.Verdict.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class JUnitXmlTest {

    @TempDir
    private Path folder;
    private final List<CellSummary> cells = new ArrayList<>();

    @BeforeEach
    void aPassAFailureAnObservationAFlakyCellAndARepeatedFailure() {
        cells.add(Samples.summary(Samples.thread(0, Samples.KEPT)));
        cells.add(Samples.summary(Samples.thread(1, Samples.KEPT)));
        cells.add(Samples.summary(Samples.thread(5, Samples.KEPT)));
        cells.add(Samples.summary(Samples.thread(2, Samples.KEPT), Samples.saying(2, Outcome.FAIL, "first \u0000\u001B[31m ]]> <&\"'")));
        cells.add(Samples.summary(Samples.saying(3, Outcome.FAIL, "second"), Samples.saying(3, Outcome.FAIL, "first")));
    }

    @Test
    void theFileIsValidByTheStructureThatSurefirePublishes() throws Exception {
        SchemaFactory schemas = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        schemas.newSchema(new StreamSource(getClass().getResourceAsStream("junit.xsd"))).newValidator().validate(new DOMSource(document()));
    }

    @Test
    void thereIsASuiteForEachTypeWithItsCounts() throws Exception {
        NodeList suites = document().getElementsByTagName("testsuite");

        assertThat(suites.getLength()).isEqualTo(2);
        Element reserved = (Element) suites.item(0);
        assertThat(reserved.getAttribute("name")).isEqualTo("contract/EfiReservedMemoryType");
        assertThat(List.of(reserved.getAttribute("tests"), reserved.getAttribute("failures"), reserved.getAttribute("flakes")))
                .containsExactly("4", "2", "1");
        assertThat(document().getDocumentElement().getAttribute("tests")).isEqualTo("5");
    }

    @Test
    void aFailureSaysWhatWasSeenWhatWasPromisedAndHowToSeeItAgain() throws Exception {
        Element testCase = testCase(1);

        assertThat(testCase.getAttribute("name")).isEqualTo(cells.get(1).id());
        assertThat(testCase.getAttribute("classname")).isEqualTo("osr-thread");
        Element failure = (Element) testCase.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).startsWith("no bug check (mapped), expected bug check 0xC4");
        assertThat(failure.getTextContent()).contains("promised: 0xC4/0x83 (").contains("again: ./holdfast replay " + cells.get(1).id());
    }

    @Test
    void whereNothingIsPromisedACellPassesAndSaysWhatWasObserved() throws Exception {
        Element testCase = testCase(4);

        assertThat(testCase.getAttribute("name")).isEqualTo(cells.get(2).id());
        assertThat(testCase.getElementsByTagName("failure").getLength()).isZero();
        assertThat(testCase.getElementsByTagName("system-out").item(0).getTextContent()).startsWith("MODEL: observed: 16 of 16");
    }

    @Test
    void furtherTriesAreSurefiresFlakyAndRerunFailures() throws Exception {
        Element flaky = (Element) testCase(2).getElementsByTagName("flakyFailure").item(0);
        assertThat(flaky.getAttribute("message")).isEqualTo("first \\x00\\x1B[31m ]]> <&\"'");
        assertThat(testCase(2).getElementsByTagName("failure").getLength()).isZero();

        assertThat(((Element) testCase(3).getElementsByTagName("failure").item(0)).getAttribute("message")).isEqualTo("first");
        assertThat(((Element) testCase(3).getElementsByTagName("rerunFailure").item(0)).getAttribute("message")).isEqualTo("second");
    }

    @Test
    void noCharacterCanMakeTheFileInvalid() {
        StringBuilder every = new StringBuilder();
        for (int c = 0; c <= 0xFFFF; c++) {
            every.append((char) c);
        }
        every.append("\uD83D\uDE00");

        assertThat(JUnitXml.valid(every.toString()).codePoints()).allMatch(c -> c == 9 || c == 10 || c == 13
                || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000);
    }

    private Element testCase(int index) throws Exception {
        return (Element) document().getElementsByTagName("testcase").item(index);
    }

    private Document document() throws Exception {
        Path file = new JUnitXml(Samples.RUN, "osr-thread", "./holdfast replay").write(folder, cells);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }
}
