using System.Globalization;

namespace WinBack.Cli.Training.Report;

/// <summary>Maps values onto a length of the drawing, with round tick values.</summary>
internal sealed class PlotScale
{
    private readonly double _least;
    private readonly double _most;
    private readonly double _from;
    private readonly double _to;

    /// <param name="from">Where the least value lies in the drawing.</param>
    /// <param name="to">Where the most lies.</param>
    internal PlotScale(double least, double most, double from, double to)
    {
        (_least, _most, _from, _to) = (least, most > least ? most : least + 1, from, to);
        double rough = (_most - _least) / 4;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * ((rough / power) switch { <= 1.5 => 1, <= 3.5 => 2, <= 7 => 5, _ => 10 });
        var ticks = new List<double>();
        for (double tick = Math.Ceiling((_least / step) - 1e-9) * step; tick <= _most + (step * 1e-9); tick += step) ticks.Add(tick);
        Ticks = ticks;
    }

    internal IReadOnlyList<double> Ticks { get; }

    internal double At(double value) =>
        _from + ((Math.Clamp(value, _least, _most) - _least) / (_most - _least) * (_to - _from));

    /// <summary>A number as short as an axis wants it: 0.25, 12k, 3M.</summary>
    internal static string Label(double value)
    {
        double size = Math.Abs(value);
        return size switch
        {
            < 1e-12 => "0",
            >= 1e6 => Text(value / 1e6) + "M",
            >= 1e4 => Text(value / 1e3) + "k",
            _ => Text(value),
        };
        static string Text(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
    }
}
