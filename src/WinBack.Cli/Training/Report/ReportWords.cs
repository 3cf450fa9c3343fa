using System.Xml.Linq;

namespace WinBack.Cli.Training.Report;

/// <summary>Names as a narrow page wants them.</summary>
internal static class ReportWords
{
    /// <summary>Long names may break after an underscore or a slash.</summary>
    internal static IEnumerable<object> Breakable(string name)
    {
        int from = 0;
        for (int i = 0; i + 1 < name.Length; i++)
        {
            if (name[i] is not ('_' or '/')) continue;
            yield return name[from..(i + 1)];
            yield return new XElement("wbr");
            from = i + 1;
        }

        yield return name[from..];
    }
}
