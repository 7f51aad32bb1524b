// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.ci;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;

/**
 * A section, a directive or a step of a declarative pipeline, which Groovy reads as a call.
 *
 * @param arguments those without a name
 * @param named     those with one, and in a block whatever it assigns
 * @param inner     what stands in its braces
 */
record Declaration(String name, List<String> arguments, Map<String, String> named, List<Declaration> inner) {

    /** @throws org.codehaus.groovy.control.CompilationFailedException if it is no Groovy */
    static List<Declaration> parse(String text) {
        CompilationUnit unit = new CompilationUnit();
        unit.addSource("Jenkinsfile", text);
        unit.compile(Phases.CONVERSION);
        Declaration file = new Declaration("Jenkinsfile", new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
        file.addAll(unit.getAST().getModules().get(0).getStatementBlock());
        return file.inner();
    }

    List<Declaration> all(String what) {
        return inner.stream().filter(one -> one.name.equals(what)).toList();
    }

    Declaration only(String what) {
        return all(what).stream().findFirst().orElseThrow(() -> new IllegalArgumentException(name + " has no " + what));
    }

    boolean has(String what) {
        return !all(what).isEmpty();
    }

    /** This and everything in it. */
    Stream<Declaration> everything() {
        return Stream.concat(Stream.of(this), inner.stream().flatMap(Declaration::everything));
    }

    private void addAll(BlockStatement block) {
        for (Statement statement : block.getStatements()) {
            Expression expression = statement instanceof ExpressionStatement one ? one.getExpression() : null;
            if (expression instanceof MethodCallExpression call) {
                inner.add(of(call));
            } else if (expression instanceof BinaryExpression assignment && assignment.getOperation().getText().equals("=")) {
                named.put(assignment.getLeftExpression().getText(), assignment.getRightExpression().getText());
            } else if (expression instanceof VariableExpression word) {
                inner.add(new Declaration(word.getName(), List.of(), Map.of(), List.of()));
            } else {
                throw new IllegalArgumentException("a declarative pipeline has no statement as in line " + line(statement));
            }
        }
    }

    private static Declaration of(MethodCallExpression call) {
        Declaration declaration = new Declaration(call.getMethodAsString(), new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
        for (Expression argument : ((TupleExpression) call.getArguments()).getExpressions()) {
            if (argument instanceof ClosureExpression braces) {
                declaration.addAll((BlockStatement) braces.getCode());
            } else if (argument instanceof MapExpression pairs) {
                for (MapEntryExpression pair : pairs.getMapEntryExpressions()) {
                    declaration.named.put(pair.getKeyExpression().getText(), pair.getValueExpression().getText());
                }
            } else {
                declaration.arguments.add(argument.getText());
            }
        }
        return declaration;
    }

    private static int line(ASTNode node) {
        return node.getLineNumber();
    }
}
