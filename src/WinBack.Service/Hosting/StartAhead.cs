using WinBack.Service.Serving;

namespace WinBack.Service.Hosting;

/// <summary>What can be done while broker and Redis of the embedded role start: a third of a second of compiling code.</summary>
internal static class StartAhead
{
    /// <summary>Reads the playbook's file. What comes of it is thrown away: whoever serves it reads it again, at no cost.</summary>
    /// <exception cref="SettingException">The file is refused, as it would be a moment later.</exception>
    internal static Task RunAsync(IServiceProvider services) => Task.Run(() => services.GetRequiredService<PlaybookSources>().OfFile());
}
