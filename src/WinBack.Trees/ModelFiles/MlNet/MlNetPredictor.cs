using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>A predictor of an ML.NET archive with its calibrators: trees for one or several outputs and the link on top.</summary>
internal sealed class MlNetPredictor(MlNetArchive archive)
{
    /// <summary>Predictors hold predictors (one-versus-all of calibrated trees is three deep); deeper is damage.</summary>
    private const int MaxDepth = 6;

    private readonly List<Tree> _trees = [];
    private int _outputs;
    private double _divisor = 1;

    public int FeatureCount { get; private set; }

    /// <summary>The one body of trees as it was read; null where there are several, one for each class.</summary>
    public MlNetBody? Body { get; private set; }

    public Link Link { get; private set; } = new IdentityLink();

    /// <exception cref="ModelFormatException">Damaged or not a tree model; unknown components are named.</exception>
    public void Read(string directory) => Link = ReadPredictor(directory, MaxDepth);

    /// <summary>Replaces the link by a calibrator that was added after the predictor.</summary>
    public void Calibrate(string directory) => Link = ReadCalibrator(directory);

    public TreeEnsemble ToEnsemble(IReadOnlyList<string> featureNames) =>
        new(featureNames, _trees, Link, new double[_outputs], _divisor, ScorePrecision.Single);

    private Link ReadPredictor(string directory, int depthLeft)
    {
        var key = archive.Open(directory);
        if (depthLeft == 0)
        {
            throw key.Fault("Predictors are nested too deeply.");
        }

        switch (key.Signature)
        {
            case "FTWTCALP" or "CALIPRED" or "BCALPRED" or "PMIXCALP" or "BINDCALI":
                ReadPredictor(directory + "/Predictor", depthLeft - 1);
                return ReadCalibrator(directory + "/Calibrator");
            case "TLC OVA ":
                return ReadOneVersusAll(key, directory, depthLeft);
            default:
                return ReadTrees(key);
        }
    }

    private Link ReadTrees(ModelKey key)
    {
        var read = MlNetTreeReader.Read(key, _outputs);
        if (_outputs > 0 && (read.FeatureCount != FeatureCount || read.Divisor != _divisor))
        {
            throw key.Fault($"This class takes {read.FeatureCount} features, the ones before {FeatureCount}.");
        }

        FeatureCount = read.FeatureCount;
        _divisor = read.Divisor;
        _trees.AddRange(read.Trees);
        Body = _outputs == 0 ? read.Body : null;
        _outputs++;
        return key.Signature == "FTREE TW" ? new ExponentialLink() : new IdentityLink();
    }

    private OneVersusAllLink ReadOneVersusAll(ModelKey key, string directory, int depthLeft)
    {
        MlNetTreeReader.ExpectFloatSize(key);
        bool normalises = key.Body.Byte() != 0;
        int classes = key.Body.Int32();
        var links = new List<Link>();
        for (int k = 0; k < classes; k++)
        {
            links.Add(ReadPredictor($"{directory}/SubPredictor_{k:000}", depthLeft - 1));
            if (_outputs != links.Count)
            {
                throw key.Fault("A class of a one-versus-all model has several outputs.");
            }
        }

        return new OneVersusAllLink(links, normalises);
    }

    private Link ReadCalibrator(string directory)
    {
        var key = archive.Open(directory);
        try
        {
            switch (key.Signature)
            {
                case "PLATTCAL":
                    return new LogisticLink(0 - key.Body.Double(), 0 - key.Body.Double());
                case "PAV  CAL":
                    return ReadPieces(key);
                case "NAIVECAL":
                    MlNetTreeReader.ExpectFloatSize(key);
                    float size = key.Body.Single();
                    float min = key.Body.Single();
                    return new BinnedLink(min, size, key.Body.Singles(key.Body.Count("ranges", sizeof(float))));
                default:
                    throw key.Unsupported();
            }
        }
        catch (ArgumentException e)
        {
            throw key.Fault(e.Message);
        }
    }

    private static PiecewiseLink ReadPieces(ModelKey key)
    {
        MlNetTreeReader.ExpectFloatSize(key);
        int count = key.Body.Count("pieces", 3 * sizeof(float));
        var (mins, maxs, values) = (new float[count], new float[count], new float[count]);
        for (int i = 0; i < count; i++)
        {
            (mins[i], maxs[i], values[i]) = (key.Body.Single(), key.Body.Single(), key.Body.Single());
        }

        return new PiecewiseLink(mins, maxs, values);
    }
}
