using WinBack.Adapters.Playbooks;
using WinBack.Cli.Replay;
using WinBack.Core.Features;

namespace WinBack.Cli.Doctor;

/// <summary>Looks at what the service loads at start: models and playbook.</summary>
internal static class ModelsCheck
{
    internal static IEnumerable<Finding> OfModels(string folder)
    {
        Finding finding;
        try
        {
            IReadOnlyList<string> versions = ServedModels.Load(folder, "--models").ModelVersions;
            finding = Finding.Ok(
                "models", $"{string.Join(", ", versions)}: whole, and made for feature schema {FeatureSchema.Default.Hash}");
        }
        catch (BadInputException unfit)
        {
            finding = Finding.Failure(
                "models", unfit.Message,
                "train them with 'winback train' on a table of this version's 'winback dataset' (scripts/train-models.sh)");
        }

        yield return finding;
    }

    internal static IEnumerable<Finding> OfPlaybook(string path)
    {
        PlaybookFileResult result;
        try
        {
            result = PlaybookFile.Load(path, FeatureSchema.Default.Names);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [Finding.Failure("playbook", unreadable.Message, "name the file with --playbook")];
        }

        return result.Model is null
            ? result.Errors.Select(e => Finding.Failure("playbook", e.Place, e.Fix))
            : [Finding.Ok("playbook", $"{path} is valid")];
    }
}
