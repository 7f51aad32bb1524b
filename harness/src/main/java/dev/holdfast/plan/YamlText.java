// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads a YAML text from somebody else's hands: whatever it holds, the answer comes soon and takes little memory. */
final class YamlText {

    /** The longest text, in characters. */
    static final int MAX_LENGTH = 256 * 1024;
    private static final int MAX_DEPTH = 12;
    private static final int MAX_ALIASES = 64;

    private YamlText() {
    }

    /**
     * The document's root node.
     *
     * @throws MatrixFault if there is none, or too much of anything
     */
    static Node compose(String file, String text) {
        Problems problems = new Problems(file);
        if (text.length() > MAX_LENGTH) {
            problems.add(Optional.empty(), "the file has " + text.length() + " characters, more than " + MAX_LENGTH);
            throw problems.fault();
        }
        LoadSettings settings = LoadSettings.builder().setAllowRecursiveKeys(false).setAllowNonScalarKeys(false)
                .setMaxAliasesForCollections(MAX_ALIASES).setCodePointLimit(MAX_LENGTH).build();
        try {
            // Composing recurses and resolves aliases; so the events, which do neither, are measured first.
            measure(text, settings, problems);
            problems.refuse();
            Optional<Node> root = new Composer(settings, parser(text, settings)).getSingleNode();
            if (root.isPresent()) {
                return root.get();
            }
            problems.add(Optional.empty(), "the file is empty");
        } catch (MarkedYamlEngineException e) {
            problems.add(e.getProblemMark(), e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(Optional.empty(), String.valueOf(e.getMessage()).lines().findFirst().orElse("this is no YAML"));
        }
        throw problems.fault();
    }

    /** Of the packages that the library's module exports; its "lowlevel" ones it does not. */
    private static Parser parser(String text, LoadSettings settings) {
        return new ParserImpl(settings, new StreamReader(settings, text));
    }

    private static void measure(String text, LoadSettings settings, Problems problems) {
        int depth = 0;
        int aliases = 0;
        Iterator<Event> events = parser(text, settings);
        while (events.hasNext() && problems.none()) {
            Event event = events.next();
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            aliases += event instanceof AliasEvent ? 1 : 0;
            if (depth > MAX_DEPTH) {
                problems.add(event.getStartMark(), "lists and keys are nested more than " + MAX_DEPTH + " deep");
            } else if (aliases > MAX_ALIASES) {
                problems.add(event.getStartMark(), "there are more than " + MAX_ALIASES + " aliases");
            }
        }
    }
}
