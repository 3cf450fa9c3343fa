using WinBack.Adapters.Models;
using WinBack.Core.Features;
using WinBack.Core.Models;
using WinBack.Service.Serving;
using WinBack.Trees.ModelFiles;

namespace WinBack.Service.Hosting;

/// <summary>What can be done while broker and Redis of the embedded role start: half a second of compiling code.</summary>
internal static class StartAhead
{
    /// <summary>
    /// Reads the playbook's file, and the models' folders. What comes of it is thrown away: whoever serves them reads them again, at
    /// little cost.
    /// </summary>
    /// <exception cref="SettingException">The playbook is refused, as it would be a moment later.</exception>
    internal static Task RunAsync(IServiceProvider services, string models) => Task.Run(() =>
    {
        services.GetRequiredService<PlaybookSources>().OfFile();
        foreach (string name in ServedNames.All) TryLoad(models, name);
    });

    /// <summary>The registry may name other models, so one that is missing here need not be a fault.</summary>
    private static void TryLoad(string models, string name)
    {
        try
        {
            ModelFolder.Load(models, name, FeatureSchema.Default);
        }
        catch (ModelFormatException)
        {
            // Told by whoever needs it.
        }
    }
}
