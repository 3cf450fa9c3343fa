using WinBack.Core.Metrics;
using WinBack.Core.Models;

namespace WinBack.Service.Serving;

/// <summary>
/// Makes the counters that alerts are made of begin at 0: a series that begins with its first count shows no increase.
/// </summary>
internal static class CounterStart
{
    internal static void BeginAtZero()
    {
        Instruments.PlaybooksRefused.Add(0);
        foreach (string name in ServedNames.All)
        {
            var model = new KeyValuePair<string, object?>("winback.model", name);
            Instruments.ModelsRefused.Add(0, model);
            foreach (CanaryFault fault in Enum.GetValues<CanaryFault>().Where(fault => fault != CanaryFault.None))
                Instruments.CanaryRollbacks.Add(0, model, HealthReporter.Tag(fault));
        }
    }
}
