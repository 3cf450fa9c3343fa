using System.Xml.Linq;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Training.Report;

/// <summary>The lower part of a report: data, calibration, checks, features and settings.</summary>
internal sealed class ReportDetails(ModelCard card)
{
    internal XElement Build() => ReportPage.Section(
        "How it was made",
        new XElement("div", new XAttribute("class", "facts"), ReportPage.Table(["what", "value"], Facts())),
        Folded("Features", ReportPage.Table(["feature", "type", "unit", "range", "missing seen", "monotone"], Features())),
        Folded("Settings", ReportPage.Table(["setting", "value"], card.TrainingParameters.Select(p => (object[])[p.Key, p.Value]))));

    private IEnumerable<object[]> Facts()
    {
        foreach (RowPart part in card.Parts) yield return [$"{part.Name} rows", CardWords.Of(part)];
        if (card.Window is { } window) yield return ["time of the rows", CardWords.Of(window)];
        if (card.Calibration is { } calibration) yield return ["calibration", CardWords.Of(calibration)];
        if (card.Search is { } search) yield return ["search", CardWords.Of(search)];
        foreach (MonotoneCheck check in card.MonotoneChecks)
            yield return [$"monotone {check.Feature}:{check.Direction}", CardWords.Of(check)];
        if (card.Latency is { } latency)
            yield return ["one row takes", FormattableString.Invariant($"{latency.MedianNanoseconds:N0} ns (median; {latency.Machine})")];
        if (card.Parent is { } parent) yield return ["follows", parent];
        if (card.Approval is { } approval) yield return ["approved by", $"{approval.Approver}: {approval.Reason}"];
        yield return ["data", "SHA-256 " + card.DataHash];
        yield return ["feature schema", card.FeatureSchemaHash];
        yield return ["program", card.Program];
    }

    private IEnumerable<object[]> Features() => card.Features.Select(f => (object[])
    [
        f.Name, f.Type, f.Unit,
        f.Categories.Count > 0 ? string.Join(", ", f.Categories.Take(12)) + (f.Categories.Count > 12 ? ", …" : "")
            : f.Least is { } least && f.Most is { } most ? FormattableString.Invariant($"{least:G6} to {most:G6}")
            : "",
        f.SeenMissing ? "yes" : "no",
        f.Monotone,
    ]);

    private static XElement Folded(string title, XElement content) => new(
        "details", new XElement("summary", title), new XElement("div", new XAttribute("class", "facts"), content));
}
