using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>What the operators behind the trees make of the score: scale * score + shift, then a function.</summary>
internal sealed record OnnxOutputPath(double Scale, double Shift, string? Function)
{
    /// <summary>Operators that shape, copy or label and do not change the score.</summary>
    private static readonly HashSet<string> Neutral = new(StringComparer.Ordinal)
    {
        "Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "ZipMap",
        "Greater", "GreaterOrEqual", "Less", "Where", "ArgMax", "Binarizer", "LabelEncoder", "ArrayFeatureExtractor",
    };

    public static OnnxOutputPath Follow(OnnxGraph graph, OnnxNode trees, HashSet<OnnxNode> known)
    {
        string score = trees.Operator == "TreeEnsembleClassifier" ? trees.Outputs.ElementAtOrDefault(1) ?? "" : trees.Outputs.FirstOrDefault() ?? "";
        FollowNeutral(graph, trees.Outputs.Where(output => output != score), known);
        var path = new OnnxOutputPath(1, 0, null);
        while (FollowNeutral(graph, [score], known) is { } next)
        {
            if (path.Function is not null || next.Outputs.Count != 1)
            {
                throw next.Fault("This is not supported after the model's function.");
            }

            path = path.Then(graph, next);
            known.Add(next);
            score = next.Outputs[0];
        }

        return path;
    }

    public TreeEnsemble Apply(OnnxNode node, OnnxTrees trees, IReadOnlyList<string> names)
    {
        double divisor = trees.Averages ? Math.Max(1, trees.TreeCount) : 1;
        double[] bases = trees.BaseScores.Select(score => score * divisor).ToArray();
        if (Function is not null && trees.Link is not IdentityLink)
        {
            throw node.Fault($"A post_transform and a '{Function}' behind it are not supported together.");
        }

        Link link = Function switch
        {
            null => trees.Link,
            "Sigmoid" => new LogisticLink(Scale, Shift),
            "Exp" when Scale == 1 && Shift == 0 => new ExponentialLink(),
            "Softmax" when Scale == 1 => new SoftmaxLink(),
            _ => throw node.Fault($"A scaled score under '{Function}' is not supported."),
        };
        if (Function is null && (Scale != 1 || Shift != 0))
        {
            // scale * (bases + sum) / divisor + shift, in the form that an ensemble has.
            divisor /= Scale;
            bases = bases.Select(score => score + (Shift * divisor)).ToArray();
        }

        return new TreeEnsemble(names, trees.Trees, link, bases, divisor, trees.Precision);
    }

    /// <summary>Passes neutral operators in all directions and gives the one operator that computes, if any.</summary>
    private static OnnxNode? FollowNeutral(OnnxGraph graph, IEnumerable<string> values, HashSet<OnnxNode> known)
    {
        OnnxNode? computing = null;
        var open = new Queue<string>(values);
        while (open.TryDequeue(out string? value))
        {
            foreach (var reader in graph.ReadersOf(value))
            {
                if (known.Contains(reader))
                {
                    continue;
                }

                if (!Neutral.Contains(reader.Operator))
                {
                    computing = computing is null || computing == reader
                        ? reader
                        : throw reader.Fault("The score is used twice in different ways.");
                    continue;
                }

                known.Add(reader);
                reader.Outputs.ForEach(open.Enqueue);
            }
        }

        return computing;
    }

    private OnnxOutputPath Then(OnnxGraph graph, OnnxNode next)
    {
        switch (next.Operator)
        {
            case "Sigmoid" or "Exp" or "Softmax":
                return this with { Function = next.Operator };
            case "Mul":
                double factor = Constant(graph, next);
                return this with { Scale = Scale * factor, Shift = Shift * factor };
            case "Div" when graph.ConstantOrNull(next.Inputs[0]) is null:
                double divisor = Constant(graph, next);
                return this with { Scale = Scale / divisor, Shift = Shift / divisor };
            case "Add":
                return this with { Shift = Shift + Constant(graph, next) };
            case "Sub" when graph.ConstantOrNull(next.Inputs[0]) is null:
                return this with { Shift = Shift - Constant(graph, next) };
            default:
                throw graph.Fault($"The operator '{next.Operator}' behind the trees is not supported.");
        }
    }

    private static double Constant(OnnxGraph graph, OnnxNode node) =>
        node.Inputs.Select(graph.ConstantOrNull).FirstOrDefault(tensor => tensor is not null) is { Values: [var value] }
            ? value
            : throw node.Fault("One constant number was expected.");
}
