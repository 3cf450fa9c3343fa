using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles;

/// <summary>Seeded input rows made from a model alone: values at and around its thresholds, its terms, and missing values.</summary>
/// <remarks>For golden rows where no data is at hand, and to compare two forms of one model where they could differ.</remarks>
public sealed class SampleRows
{
    private readonly TreeModel _model;
    private readonly float[][] _numbers;
    private readonly IReadOnlyList<string>[] _terms;

    public SampleRows(TreeModel model)
    {
        _model = model;
        var ofFeature = Thresholds(model.Ensemble);
        var numbers = model.Columns.Select(_ => new List<float> { 0, 1, -1 }).ToArray();
        _terms = model.Columns.Select((_, c) => model.Inputs is null ? model.CategoriesOf(c) : []).ToArray();
        for (int f = 0; f < ofFeature.Length; f++)
        {
            AddValues(model, f, ofFeature[f], numbers);
        }

        foreach (var lookup in model.Inputs?.Lookups ?? [])
        {
            numbers[lookup.Column].AddRange(lookup.Vocabulary.Numbers);
            _terms[lookup.Column] = lookup.Vocabulary.IsText ? lookup.Vocabulary.Names : [];
        }

        _numbers = numbers.Select(values => values.Where(float.IsFinite).ToArray()).ToArray();
    }

    /// <summary>Fills one row of input columns.</summary>
    /// <param name="random">Seeded by the caller.</param>
    /// <param name="numbers">Shape [columns]; missing is NaN.</param>
    /// <param name="texts">Shape [columns]; missing is null.</param>
    public void Next(Random random, Span<float> numbers, Span<string?> texts)
    {
        for (int c = 0; c < numbers.Length; c++)
        {
            int kind = random.Next(10);
            float near = _numbers[c][random.Next(_numbers[c].Length)];
            numbers[c] = kind switch
            {
                0 or 1 => float.NaN,
                2 or 3 => near,
                4 => MathF.BitIncrement(near),
                5 => MathF.BitDecrement(near),
                _ => near + ((random.NextSingle() - 0.5f) * Math.Max(1, Math.Abs(near))),
            };
            texts[c] = kind == 0 ? null : kind == 1 || _terms[c].Count == 0 ? "a term of no vocabulary" : _terms[c][random.Next(_terms[c].Count)];
        }
    }

    /// <summary>Feature vectors of so many rows.</summary>
    public float[][] Features(int count, int seed)
    {
        var random = new Random(seed);
        var (numbers, texts) = (new float[_model.Columns.Count], new string?[_model.Columns.Count]);
        var rows = new float[count][];
        for (int i = 0; i < count; i++)
        {
            Next(random, numbers, texts);
            rows[i] = new float[_model.FeatureNames.Count];
            _model.Prepare(numbers, texts, rows[i]);
        }

        return rows;
    }

    private static List<float>[] Thresholds(TreeEnsemble ensemble)
    {
        var found = ensemble.FeatureNames.Select(_ => new List<float>()).ToArray();
        foreach (var tree in ensemble.Trees)
        {
            foreach (var node in tree.Nodes)
            {
                if (node.Kind == SplitKind.AnySlotPositive)
                {
                    continue;
                }

                if (node.HasSet)
                {
                    found[node.Feature].AddRange(tree.Sets[node.Set].Values);
                }
                else
                {
                    found[node.Feature].Add(node.Threshold);
                }
            }
        }

        return found;
    }

    /// <summary>Where a feature is a scaled column, about the values that scale to the thresholds.</summary>
    private static void AddValues(TreeModel model, int feature, List<float> thresholds, List<float>[] numbers)
    {
        var slot = model.Inputs?.Slots[feature];
        int column = slot?.Column ?? feature;
        if (column < 0)
        {
            return;
        }

        foreach (float threshold in thresholds)
        {
            float value = threshold;
            foreach (var step in (slot?.Steps ?? []).Reverse())
            {
                value = step.ReplacesMissing || step.Second == 0 ? value : (value / step.Second) + step.First;
            }

            numbers[column].Add(value);
        }
    }
}
