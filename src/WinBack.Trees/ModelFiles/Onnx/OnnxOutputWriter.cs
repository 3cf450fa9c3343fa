using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>Writes what comes behind the trees: the divisor, then the link.</summary>
internal sealed class OnnxOutputWriter(WireWriter graph, TreeEnsemble ensemble)
{
    public const int FloatType = 1;
    public const int DoubleType = 11;

    /// <summary>The constants that the operators refer to.</summary>
    public List<WireWriter> Constants { get; } = [];

    public static string Cast(WireWriter graph, string input, string output, int type)
    {
        graph.Message(1, new OnnxNodeWriter("", "Cast", [input], [output]).Integer("to", type).Message);
        return output;
    }

    /// <summary>Writes the raw scores as "score" and, where there is a link, the prediction.</summary>
    /// <param name="sum">The trees' output: floats from the operator without sets, from the other one what it was given.</param>
    /// <returns>Name of the prediction; null without a link.</returns>
    /// <exception cref="ConversionException">The link has no operator.</exception>
    public string? Write(string sum)
    {
        string mean = ensemble.Divisor == 1 ? sum : Compute("Div", Cast(graph, sum, "sum", DoubleType), ensemble.Divisor, "mean");
        return Link(Cast(graph, mean, "score", FloatType));
    }

    /// <summary>The link is computed in double too: runtimes approximate the functions in float.</summary>
    private string? Link(string score)
    {
        switch (ensemble.Link)
        {
            case IdentityLink:
                return null;
            case ExponentialLink:
                return Function("Exp", Cast(graph, score, "wide", DoubleType), "prediction");
            case SoftmaxLink:
                return Function("Softmax", Cast(graph, score, "wide", DoubleType), "probability");
            case LogisticLink logistic:
                return Logistic(logistic, Cast(graph, score, "wide", DoubleType));
            case OneVersusAllLink { Normalises: false } all when all.Links.Distinct().ToArray() is [LogisticLink logistic]:
                return Logistic(logistic, Cast(graph, score, "wide", DoubleType));
            default:
                throw new ConversionException(OnnxWriter.Target, $"the link {ensemble.Link.GetType().Name} has no operator");
        }
    }

    private string Logistic(LogisticLink link, string score)
    {
        string scaled = link.Slope == 1 ? score : Compute("Mul", score, link.Slope, "scaled");
        string moved = link.Offset == 0 ? scaled : Compute("Add", scaled, link.Offset, "moved");
        return Function("Sigmoid", moved, "probability");
    }

    private string Function(string operation, string input, string output)
    {
        var node = new OnnxNodeWriter("", operation, [input], [output + "_wide"]);
        graph.Message(1, (operation == "Softmax" ? node.Integer("axis", 1) : node).Message);
        return Cast(graph, output + "_wide", output, FloatType);
    }

    private string Compute(string operation, string input, double constant, string output)
    {
        Constants.Add(OnnxTensorWriter.Numbers(output + "_by", [constant], isDouble: true));
        graph.Message(1, new OnnxNodeWriter("", operation, [input, output + "_by"], [output]).Message);
        return output;
    }
}
