using WinBack.Trees.Ensemble;
using WinBack.Trees.Metrics;

namespace WinBack.Trees.Training;

/// <summary>Fits the rising step function nearest to the labels (pair-adjacent violators, Ayer et al. 1955).</summary>
public static class IsotonicCalibration
{
    /// <param name="scores">Shape [rows]; raw scores of rows that training did not see. Read as float, as the link will.</param>
    /// <param name="labels">Shape [rows]; 0 or 1.</param>
    /// <param name="weights">Shape [rows], or empty for all 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label is not 0 or 1, or no row has a weight.</exception>
    public static PiecewiseLink Fit(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        Observations.Check(scores, labels, weights);
        var sorted = new float[scores.Length];
        var rows = new int[scores.Length];
        for (int i = 0; i < rows.Length; i++) (sorted[i], rows[i]) = ((float)scores[i], i);
        Array.Sort(sorted, rows);
        var pieces = new Stack<Piece>();
        for (int start = 0; start < rows.Length;)
        {
            // Equal scores cannot be told apart, so they are one piece from the start.
            var piece = new Piece(sorted[start], sorted[start], 0, 0);
            for (float score = sorted[start]; start < rows.Length && sorted[start] == score; start++)
            {
                double weight = Observations.Weight(weights, rows[start]);
                piece = piece with { Weight = piece.Weight + weight, Positives = piece.Positives + (weight * labels[rows[start]]) };
            }

            if (piece.Weight > 0) Push(pieces, piece);
        }

        if (pieces.Count == 0) throw new ArgumentException("Calibration needs held-out rows with a weight above 0.");
        var rising = pieces.Reverse().ToArray();
        return new PiecewiseLink(
            rising.Select(piece => piece.Min).ToArray(),
            rising.Select(piece => piece.Max).ToArray(),
            rising.Select(piece => (float)piece.Mean).ToArray());
    }

    /// <summary>Joins the piece with those below it for as long as it is not above them.</summary>
    private static void Push(Stack<Piece> pieces, Piece piece)
    {
        while (pieces.TryPeek(out var below) && below.Mean >= piece.Mean)
        {
            pieces.Pop();
            piece = new Piece(below.Min, piece.Max, below.Weight + piece.Weight, below.Positives + piece.Positives);
        }

        pieces.Push(piece);
    }

    private readonly record struct Piece(float Min, float Max, double Weight, double Positives)
    {
        public double Mean => Positives / Weight;
    }
}
