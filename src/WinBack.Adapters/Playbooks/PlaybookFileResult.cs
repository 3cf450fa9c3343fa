using WinBack.Core.Policy;

namespace WinBack.Adapters.Playbooks;

/// <param name="Model">Null exactly when there are errors.</param>
/// <param name="Config">What the model was made of, defaults filled in; null with it.</param>
/// <param name="Errors">In the order of the lines.</param>
public sealed record PlaybookFileResult(PlaybookModel? Model, PlaybookConfig? Config, IReadOnlyList<PlaybookFileError> Errors)
{
    internal static PlaybookFileResult Failed(IReadOnlyList<PlaybookFileError> errors) => new(null, null, errors);
}
