using WinBack.Core.Policy;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace WinBack.Adapters.Playbooks;

/// <summary>Reads playbooks from YAML. Everything that is wrong is reported at once, each with its line.</summary>
public static class PlaybookFile
{
    /// <param name="features">Names of the feature schema, in order.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PlaybookFileResult Load(string path, IReadOnlyList<string> features) =>
        Parse(path, File.ReadAllText(path), features);

    /// <param name="path">For error messages only.</param>
    public static PlaybookFileResult Parse(string path, string text, IReadOnlyList<string> features)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            return PlaybookFileResult.Failed(
                [new PlaybookFileError(path, (int)e.Start.Line, "", $"is no YAML: {e.Message}", "correct the syntax")]);
        }

        if (yaml.Documents.Count != 1)
            return PlaybookFileResult.Failed(
                [new PlaybookFileError(path, 1, "", $"holds {yaml.Documents.Count} documents", "write exactly one")]);
        var binder = new YamlBinder();
        PlaybookConfig config = binder.Bind<PlaybookConfig>(yaml.Documents[0].RootNode);
        PlaybookModel? model = PlaybookValidator.Validate(config, features, out IReadOnlyList<PlaybookError> wrong);
        if (binder.Errors.Count == 0 && model is not null) return new PlaybookFileResult(model, config, []);
        // A field that could not be read holds its default: what the validator says of it is no news.
        PlaybookError[] errors = [.. binder.Errors.Select(Stacked), .. wrong.Where(w => binder.Errors.All(b => b.Path != w.Path))];
        return PlaybookFileResult.Failed(
            errors.Select(e => new PlaybookFileError(path, binder.LineOf(e.Path), e.Path, e.Problem, e.Fix, e.Rule))
                .OrderBy(e => e.Line).ToArray());
    }

    /// <summary>Several offers of one action are not only of the wrong form.</summary>
    private static PlaybookError Stacked(PlaybookError e) =>
        e.Path.EndsWith("].offer", StringComparison.Ordinal) && e.Problem == YamlBinder.IsList
            ? new PlaybookError(e.Path, "stacks incentives", "write one offer, and an action of its own for another", "S6")
            : e;
}
