using Spectre.Console;

namespace WinBack.Cli.Terminal;

/// <summary>
/// Shows how far a command has come, on standard error: a bar on a terminal, else a line every tenth of the way. It
/// never writes to standard output, which belongs to results.
/// </summary>
internal static class ProgressDisplay
{
    private const int PlainSteps = 10;

    /// <param name="work">Gets a sink for the share done (0 to 1) and a note to show beside it.</param>
    internal static T Run<T>(string title, Func<Action<double, string>, T> work) =>
        RunAsync(title, report => Task.FromResult(work(report))).GetAwaiter().GetResult();

    /// <inheritdoc cref="Run{T}"/>
    internal static async Task<T> RunAsync<T>(string title, Func<Action<double, string>, Task<T>> work)
    {
        if (Console.IsErrorRedirected) return await work(PlainReport(title, Console.Error));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        Progress progress = console.Progress();
        progress.AutoClear = false;
        return await progress
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: 1);
                T result = await work((share, note) =>
                {
                    task.Value = share;
                    task.Description = Markup.Escape(note.Length == 0 ? title : $"{title}: {note}");
                });
                task.Value = 1;
                return result;
            });
    }

    private static Action<double, string> PlainReport(string title, TextWriter error)
    {
        int shown = 0;
        return (share, note) =>
        {
            int step = (int)(share * PlainSteps);
            if (step <= shown) return;
            shown = step;
            error.WriteLine($"{title}: {step * 100 / PlainSteps} %{(note.Length == 0 ? "" : ", " + note)}");
        };
    }
}
