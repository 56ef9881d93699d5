package io.keyledger.key.api;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Words what is wrong with a body, without repeating its values: one of them may be a secret. */
final class MalformedBody {

    private static final int SHOWN = 64;

    private MalformedBody() {}

    static Problem problem(HttpMessageNotReadableException e) {
        return switch (e.getCause()) {
            case UnrecognizedPropertyException unknown ->
                Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "unknown_field",
                        "There is no field " + quoted(unknown.getPropertyName()) + " here" + at(unknown) + ". "
                                + expected(unknown));
            case InvalidFormatException format ->
                Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid",
                        "Expected " + expected(format.getTargetType()) + " in " + path(format) + at(format) + ".");
            case MismatchedInputException mismatch ->
                Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid",
                        "Expected another kind of value in " + path(mismatch) + at(mismatch) + ".");
            case JacksonException malformed ->
                Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "malformed_json",
                        "Expected JSON, but it breaks off or is malformed" + at(malformed) + ".");
            case null, default -> Problem.of(HttpStatus.BAD_REQUEST, "malformed_json", "Expected a body in JSON.");
        };
    }

    private static String expected(UnrecognizedPropertyException unknown) {
        var known = unknown.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "));
        return known.isEmpty() ? "Expected no field at all." : "Expected one of: " + known + ".";
    }

    private static String expected(Class<?> type) {
        return type.isEnum()
                ? "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(String::valueOf)
                                .toList()
                : "a value of another kind";
    }

    private static String path(JacksonException e) {
        var path = e.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "the body" : quoted(path);
    }

    private static String at(JacksonException e) {
        var location = e.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String quoted(String name) {
        return '"' + (name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name) + '"';
    }
}
