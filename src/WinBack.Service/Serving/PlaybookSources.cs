using WinBack.Adapters.Playbooks;
using WinBack.Core.Policy;

namespace WinBack.Service.Serving;

/// <summary>Where playbooks come from beside the registry, and what a playbook must be like to serve here.</summary>
/// <param name="OfFile">The file that the service is configured with; throws when it is refused.</param>
/// <param name="Features">Names of the feature schema.</param>
/// <param name="Currency">ISO 4217 code of the events' amounts.</param>
internal sealed record PlaybookSources(Func<PlaybookModel> OfFile, IReadOnlyList<string> Features, string Currency)
{
    /// <summary>Null when the text is refused.</summary>
    /// <param name="problem">Every error with its line; "" without one.</param>
    internal PlaybookModel? Open(string name, string text, out string problem)
    {
        PlaybookFileResult result = PlaybookFile.Parse(name, text, Features);
        problem = string.Join(Environment.NewLine, result.Errors);
        if (result.Model is not { } playbook || playbook.Currency == Currency) return result.Model;
        problem = $"{name}: its amounts are in {playbook.Currency}, those of the events in {Currency}";
        return null;
    }
}
