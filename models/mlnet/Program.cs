using System.Globalization;
using Microsoft.ML;
using WinBack.MlNet;

// Trains one model with ML.NET's FastTree from a table of `winback dataset`, and saves the .zip that WinBack reads.
if (TrainingArguments.TryParse(args) is not { } arguments)
{
    Console.Error.WriteLine(TrainingArguments.Usage);
    return 2;
}

var ml = new MLContext(seed: 1);
var table = DatasetTable.Load(ml, arguments.Data, arguments.Ignored);
Console.WriteLine($"{table.Features.Count} features with values in {arguments.Data}");

ITransformer model = ChurnPipeline.Create(ml, table.Features).Fit(table.Rows);
if (arguments.Test is not null)
{
    IDataView judged = model.Transform(DatasetTable.Load(ml, arguments.Test, arguments.Ignored).Rows);
    var metrics = ml.BinaryClassification.Evaluate(judged, labelColumnName: DatasetTable.Label);

    // ML.NET counts log-loss in bits, WinBack in nats.
    double nats = metrics.LogLoss * Math.Log(2);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test AUC {metrics.AreaUnderRocCurve:F4}, log-loss {nats:F4} nats"));
}

ml.Model.Save(model, table.InputSchema, arguments.Out);
Console.WriteLine($"saved {arguments.Out}");
return 0;
