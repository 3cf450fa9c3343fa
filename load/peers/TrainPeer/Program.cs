using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TrainPeer;
using WinBack.Trees.Training;

// Trains on one file and judges on another, and times the training, several times over.
// train_peers.py runs it beside the peers.
// START is the score to start from, in log-odds, or "best".
// Usage: TrainPeer TRAIN.csv TEST.csv ROUNDS LEAVES RATE L2 THREADS REPEATS BINS START [CATEGORICAL,...]
var train = NumberTable.Read(args[0]);
var test = NumberTable.Read(args[1]);
double Number(int at) => double.Parse(args[at], CultureInfo.InvariantCulture);
var options = new TrainingOptions
{
    Rounds = (int)Number(2),
    Leaves = (int)Number(3),
    LearningRate = Number(4),
    L2 = Number(5),
    Threads = (int)Number(6),
    // As XGBoost's min_child_weight = 1: no bound on rows, one on the sum of hessians.
    MinRowsPerLeaf = 1,
    MinHessianPerLeaf = 1,
    Bins = (int)Number(8),
    BaseScore = args[9] == "best" ? null : Number(9),
    Categorical = args.Length > 10 ? args[10].Split(',') : [],
};
var seconds = new List<double>();
var processorSeconds = new List<double>();
int repeats = (int)Number(7);
double auc = 0;
for (int i = 0; i < repeats; i++)
{
    TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
    long start = Stopwatch.GetTimestamp();
    var ensemble = GradientBoostingTrainer.TrainEnsemble(train, options);
    seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
    processorSeconds.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds);
    if (i == 0) auc = GradientBoostingTrainer.Evaluate(ensemble, test).Auc;
}

Console.WriteLine(JsonSerializer.Serialize(new { auc, seconds, processorSeconds }));
