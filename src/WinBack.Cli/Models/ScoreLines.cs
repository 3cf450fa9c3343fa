using System.Globalization;
using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Models;

/// <summary>Writes what a model says of one row as one line: values in round-trip format, separated by commas.</summary>
/// <remarks>
/// Models whose source computes in float (ML.NET, XGBoost, ONNX) print floats, others doubles: the shortest text that reads
/// back to the same value in the source's own number format. Lines gather in a buffer; nothing is allocated per row.
/// </remarks>
internal sealed class ScoreLines
{
    private const int LongestValue = 32;

    private readonly TreeModel _model;
    private readonly ScoreOutput _output;
    private readonly TextWriter _target;
    private readonly bool _isSingle;
    private readonly double[] _scores;
    private readonly int[] _leaves;
    private readonly char[] _buffer = new char[1 << 16];
    private int _length;

    internal ScoreLines(TreeModel model, ScoreOutput output, TextWriter target)
    {
        (_model, _output, _target) = (model, output, target);
        _isSingle = model.Ensemble.Precision != ScorePrecision.Double;
        _scores = new double[model.Ensemble.OutputCount];
        _leaves = new int[model.Ensemble.Trees.Count];
    }

    /// <param name="features">Shape [F]; missing is NaN.</param>
    internal void Write(ReadOnlySpan<float> features)
    {
        if (_output == ScoreOutput.Leaf)
        {
            _model.Leaves(features, _leaves);
            for (int t = 0; t < _leaves.Length; t++) Add(_leaves[t], isFirst: t == 0);
        }
        else
        {
            if (_output == ScoreOutput.Raw) _model.RawScores(features, _scores);
            else _model.Predict(features, _scores);
            for (int k = 0; k < _scores.Length; k++)
            {
                if (_isSingle) Add((float)_scores[k], isFirst: k == 0);
                else Add(_scores[k], isFirst: k == 0);
            }
        }

        _buffer[_length++] = '\n';
    }

    internal void Flush()
    {
        _target.Write(_buffer.AsSpan(0, _length));
        _length = 0;
        _target.Flush();
    }

    private void Add<T>(T value, bool isFirst)
        where T : ISpanFormattable
    {
        if (_buffer.Length - _length < LongestValue)
        {
            _target.Write(_buffer.AsSpan(0, _length));
            _length = 0;
        }

        if (!isFirst) _buffer[_length++] = ',';
        value.TryFormat(_buffer.AsSpan(_length), out int written, default, CultureInfo.InvariantCulture);
        _length += written;
    }
}
