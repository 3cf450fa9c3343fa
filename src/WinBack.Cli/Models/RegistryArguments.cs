using System.CommandLine;
using WinBack.Adapters.Redis;
using WinBack.Cli.Arguments;
using WinBack.Core.Models;

namespace WinBack.Cli.Models;

/// <summary>How a command reaches and changes the model registry; the same in every command.</summary>
internal sealed class RegistryArguments
{
    private readonly ChangeArguments _change = new();

    internal static Argument<string> Name() => new("model") { Description = "Name of the model: churn or winback." };

    internal void AddTo(Command command, bool isChange) => _change.AddTo(command, isChange);

    /// <summary>Applies a rule of <see cref="CatalogueRules"/> and says what came of it.</summary>
    internal Task<int> ChangeAsync(ParseResult parsed, string name, Func<ModelCatalogue, ChangeNote, CatalogueStep> rule) =>
        RunAsync(parsed, async (registry, _) =>
        {
            ChangeNote note = Note(parsed);
            RegistryReply reply = await registry.ChangeAsync(c => rule(c, note), revision: null, IsTrial(parsed));
            return Tell(parsed, reply, name);
        });

    internal bool IsTrial(ParseResult parsed) => _change.IsTrial(parsed);

    internal ChangeNote Note(ParseResult parsed) => _change.Note(parsed);

    /// <exception cref="BadInputException">The rule refuses; the message says why, and the fix.</exception>
    internal int Tell(ParseResult parsed, RegistryReply reply, string name)
    {
        if (reply.Fault != CatalogueFault.None) throw new BadInputException(reply.Detail);
        TextWriter text = parsed.InvocationConfiguration.Output;
        if (reply.Entry is null) text.WriteLine("Nothing to do: it is so already.");
        else text.WriteLine((IsTrial(parsed) ? "Would be revision " : "Revision ") + AuditText.Line(reply.Entry));
        RegistryText.Write(text, reply.Catalogue.Find(name)!);
        return ExitCode.Ok;
    }

    /// <exception cref="BadInputException">Redis is away, or holds no registry that this program can read.</exception>
    internal Task<int> RunAsync(ParseResult parsed, Func<ModelRegistry, ModelHealthStore, Task<int>> run) => _change.RunAsync(
        parsed, redis => run(new ModelRegistry(redis, ChangeArguments.Timeout), new ModelHealthStore(redis, ChangeArguments.Timeout)));
}
