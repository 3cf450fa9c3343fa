using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Training;

/// <summary>Fits slope and offset of a logistic link on held-out raw scores.</summary>
/// <remarks>
/// Platt (1999), with his smoothed targets against over-confidence on small parts, solved by Newton steps with
/// backtracking as in Lin, Lin and Weng (2007).
/// </remarks>
public static class PlattCalibration
{
    private const int MaxSteps = 100;
    private const double Ridge = 1e-12;

    /// <param name="scores">Shape [rows]; raw scores of rows that training did not see.</param>
    /// <param name="labels">Shape [rows]; 0 or 1.</param>
    /// <param name="weights">Shape [rows], or empty for all 1.</param>
    /// <exception cref="ArgumentException">Only one class is present, so there is nothing to fit.</exception>
    public static LogisticLink Fit(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        var fit = new Sums(scores, labels, weights);
        double slope = 1;
        double offset = 0;
        double loss = fit.Loss(slope, offset);
        for (int step = 0; step < MaxSteps; step++)
        {
            var (slopeStep, offsetStep) = fit.NewtonStep(slope, offset);
            if (Math.Abs(slopeStep) < 1e-10 && Math.Abs(offsetStep) < 1e-10)
            {
                break;
            }

            double size = 1;
            double next = fit.Loss(slope + slopeStep, offset + offsetStep);
            while (!(next <= loss) && size > 1e-10)
            {
                size /= 2;
                next = fit.Loss(slope + (size * slopeStep), offset + (size * offsetStep));
            }

            if (!(next <= loss))
            {
                break;
            }

            slope += size * slopeStep;
            offset += size * offsetStep;
            loss = next;
        }

        return new LogisticLink(slope, offset);
    }

    /// <summary>The data of one fit and the sums that the steps need.</summary>
    private readonly ref struct Sums
    {
        private readonly ReadOnlySpan<double> _scores;
        private readonly ReadOnlySpan<float> _labels;
        private readonly ReadOnlySpan<float> _weights;
        private readonly double _positiveTarget;
        private readonly double _negativeTarget;

        public Sums(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
        {
            _scores = scores;
            _labels = labels;
            _weights = weights;
            double positives = 0;
            double negatives = 0;
            for (int i = 0; i < labels.Length; i++)
            {
                positives += Weight(i) * labels[i];
                negatives += Weight(i) * (1 - labels[i]);
            }

            if (!(positives > 0 && negatives > 0))
            {
                throw new ArgumentException("Calibration needs held-out rows of both classes; hold out a larger part.");
            }

            _positiveTarget = (positives + 1) / (positives + 2);
            _negativeTarget = 1 / (negatives + 2);
        }

        public double Loss(double slope, double offset)
        {
            double loss = 0;
            for (int i = 0; i < _scores.Length; i++)
            {
                double z = (slope * _scores[i]) + offset;
                double softPlus = Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z)));
                loss += Weight(i) * (softPlus - (Target(i) * z));
            }

            return loss;
        }

        public (double Slope, double Offset) NewtonStep(double slope, double offset)
        {
            double gradientSlope = 0, gradientOffset = 0;
            double slopeSlope = Ridge, slopeOffset = 0, offsetOffset = Ridge;
            for (int i = 0; i < _scores.Length; i++)
            {
                double p = 1 / (1 + Math.Exp(-(slope * _scores[i]) - offset));
                double error = Weight(i) * (Target(i) - p);
                double curvature = Weight(i) * p * (1 - p);
                gradientSlope += error * _scores[i];
                gradientOffset += error;
                slopeSlope += curvature * _scores[i] * _scores[i];
                slopeOffset += curvature * _scores[i];
                offsetOffset += curvature;
            }

            double determinant = (slopeSlope * offsetOffset) - (slopeOffset * slopeOffset);
            return (
                ((offsetOffset * gradientSlope) - (slopeOffset * gradientOffset)) / determinant,
                ((slopeSlope * gradientOffset) - (slopeOffset * gradientSlope)) / determinant);
        }

        private double Target(int i) => _labels[i] == 1 ? _positiveTarget : _negativeTarget;

        private double Weight(int i) => _weights.Length == 0 ? 1 : _weights[i];
    }
}
