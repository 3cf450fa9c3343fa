using System.Runtime.CompilerServices;

namespace WinBack.Trees.Training;

/// <summary>The rounded gradient and hessian of every row of one table, and its mean loss, anew each round.</summary>
/// <remarks>
/// Where the objective bounds its derivatives the units are the same in all rounds; else the largest derivatives of the
/// round set them. Losses are added up chunk by chunk, so the number of threads changes no bit.
/// </remarks>
internal sealed class GradientPass
{
    /// <summary>Rows per unit of work; fixed, because the loss is added up chunk by chunk.</summary>
    private const int ChunkRows = 8192;

    private readonly TrainingTable _table;
    private readonly Objective _objective;
    private readonly float _positiveWeight;
    private readonly double _totalWeight;
    private readonly double[] _gradients;
    private readonly double[] _hessians;

    /// <param name="table">Rows whose labels the objective allows.</param>
    /// <param name="objective">The loss.</param>
    /// <param name="positiveWeight">Weight of the class: rows with a label above 0 count so often; 1 leaves them alone.</param>
    public GradientPass(TrainingTable table, Objective objective, double positiveWeight)
    {
        _table = table;
        _objective = objective;
        _positiveWeight = (float)positiveWeight;
        double labels = 0;
        double largest = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            double weight = Weight(row);
            _totalWeight += weight;
            labels += weight * table.Labels[row];
            largest = Math.Max(largest, weight);
        }

        MeanLabel = labels / _totalWeight;
        Scale = new GradientScale(table.RowCount, objective.LargestGradient * largest, objective.LargestHessian * largest);
        bool isBounded = double.IsFinite(objective.LargestGradient) && double.IsFinite(objective.LargestHessian);
        _gradients = isBounded ? [] : new double[table.RowCount];
        _hessians = isBounded ? [] : new double[table.RowCount];
    }

    /// <summary>Weighted mean of the labels, class weights included; NaN when all weights are 0.</summary>
    public double MeanLabel { get; }

    /// <summary>Units of the pairs that <see cref="Write"/> wrote last.</summary>
    public GradientScale Scale { get; private set; }

    /// <summary>Writes the rounded pair of every row.</summary>
    /// <param name="scores">Shape [rows].</param>
    /// <param name="pairs">Shape [rows]; see <see cref="GradientScale.Round"/>.</param>
    /// <param name="parallel">Threads.</param>
    /// <returns>Mean loss of the scores.</returns>
    public double Write(double[] scores, ulong[] pairs, ParallelOptions parallel)
    {
        int chunks = (scores.Length + ChunkRows - 1) / ChunkRows;
        var losses = new double[chunks];
        if (_gradients.Length == 0)
        {
            Parallel.For(0, chunks, parallel, chunk => losses[chunk] = WriteBounded(scores, pairs, chunk));
            return losses.Sum() / _totalWeight;
        }

        var largest = new (double Gradient, double Hessian)[chunks];
        Parallel.For(0, chunks, parallel, chunk => losses[chunk] = Measure(scores, chunk, out largest[chunk]));
        Scale = new GradientScale(scores.Length, largest.Max(l => l.Gradient), largest.Max(l => l.Hessian));
        Parallel.For(0, chunks, parallel, chunk =>
        {
            for (int row = chunk * ChunkRows; row < End(chunk); row++)
            {
                pairs[row] = Scale.Round(_gradients[row], _hessians[row]);
            }
        });
        return losses.Sum() / _totalWeight;
    }

    /// <summary>Mean loss of some scores.</summary>
    public double Loss(double[] scores, ParallelOptions parallel)
    {
        var losses = new double[(scores.Length + ChunkRows - 1) / ChunkRows];
        Parallel.For(0, losses.Length, parallel, chunk =>
        {
            double loss = 0;
            for (int row = chunk * ChunkRows; row < End(chunk); row++)
            {
                loss += Weight(row) * _objective.At(scores[row], _table.Labels[row]).Loss;
            }

            losses[chunk] = loss;
        });
        return losses.Sum() / _totalWeight;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double WriteBounded(double[] scores, ulong[] pairs, int chunk)
    {
        var labels = _table.Labels;
        double loss = 0;
        for (int row = chunk * ChunkRows; row < End(chunk); row++)
        {
            double weight = Weight(row);
            var at = _objective.At(scores[row], labels[row]);
            pairs[row] = Scale.Round(at.Gradient * weight, at.Hessian * weight);
            loss += weight * at.Loss;
        }

        return loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Measure(double[] scores, int chunk, out (double Gradient, double Hessian) largest)
    {
        var labels = _table.Labels;
        double loss = 0;
        largest = (0, 0);
        for (int row = chunk * ChunkRows; row < End(chunk); row++)
        {
            double weight = Weight(row);
            var at = _objective.At(scores[row], labels[row]);
            _gradients[row] = at.Gradient * weight;
            _hessians[row] = at.Hessian * weight;
            largest.Gradient = Math.Max(largest.Gradient, Math.Abs(_gradients[row]));
            largest.Hessian = Math.Max(largest.Hessian, _hessians[row]);
            loss += weight * at.Loss;
        }

        return loss;
    }

    private int End(int chunk) => Math.Min(_table.RowCount, (chunk + 1) * ChunkRows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Weight(int row) =>
        _table.Labels[row] > 0 ? _table.WeightOf(row) * (double)_positiveWeight : _table.WeightOf(row);
}
