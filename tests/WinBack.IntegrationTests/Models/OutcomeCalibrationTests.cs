using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Core.Models;
using WinBack.IntegrationTests.Cli;
using WinBack.IntegrationTests.Service;
using WinBack.Testing.Models;
using WinBack.Trees.ModelFiles;
using WinBack.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.IntegrationTests.Models;

/// <summary>
/// Predictions that a service made, and what became true: decisions, then events, a restart, and a clock that has gone on
/// beyond the horizon.
/// </summary>
public sealed class OutcomeCalibrationTests
{
    private const int Customers = 320;
    private const int HorizonDays = 30;
    private static readonly StumpModel Model = new("churn")
    {
        TrainingParameters = new Dictionary<string, string> { ["horizon_days"] = $"{HorizonDays}" },
    };

    [Fact]
    public async Task WhatBecameTrue_IsWhatWasPredicted_DoesNotDrift()
    {
        (CalibrationReading reading, string metrics, int exit, string shown) =
            await RunAsync(silentOfHigh: Probability(1), silentOfLow: Probability(-1));
        Assert.False(reading.Drifting, reading.ToString());
        Assert.InRange(reading.CalibrationError, 0, 0.02);
        Assert.Contains("winback_model_calibration_drifting{winback_model=\"churn\"} 0", metrics, StringComparison.Ordinal);
        Assert.True(exit == 0, shown);
        Assert.Contains($"{Customers} predictions that were served have their label, 0 wait for it", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatBecameTrue_IsSomethingElse_Drifts()
    {
        (CalibrationReading reading, string metrics, int exit, string shown) = await RunAsync(silentOfHigh: 0.4, silentOfLow: 0.1);
        Assert.True(reading.Drifting, reading.ToString());
        Assert.Equal(0.2875, reading.ObservedRate, 4);
        Assert.Contains("winback_model_calibration_drifting{winback_model=\"churn\"} 1", metrics, StringComparison.Ordinal);
        Assert.Equal(1, exit);
        Assert.Contains($"calibration of churn {reading.Version} by outcomes", shown, StringComparison.Ordinal);
    }

    /// <param name="silentOfHigh">Share that stays silent of those of whom the model expects it.</param>
    private static async Task<(CalibrationReading Reading, string Metrics, int Exit, string Shown)> RunAsync(
        double silentOfHigh, double silentOfLow)
    {
        await using Stores stores = await Stores.StartAsync();
        await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(stores.Redis.Address + ",asyncTimeout=30000");
        string version = await PushAsync(new ModelRegistry(redis.GetDatabase(), TimeSpan.FromSeconds(30)));
        await ServingBench.WriteCustomersToAsync(redis.GetDatabase(), Customers);
        CustomerEvent[] activity = Activity(silentOfHigh, silentOfLow);

        await using (RunningService service = await StartAsync(stores, Stores.Start))
        {
            // Asked twice on one day: the first decision counts.
            for (int i = 0; i < 2; i++)
                await Task.WhenAll(Enumerable.Range(0, Customers).Select(c => service.DecideAsync(ServingBench.NameOf(c))));
            // Before the horizon is over nobody counts, in neither class.
            CalibrationReading early = new();
            await service.UntilAsync(
                async () => (early = await ReadAsync(service)).Waiting == Customers, "all predictions are kept");
            Assert.Equal((0, version), (early.Rows, early.Version));
            await service.SendAsync(activity[..(activity.Length / 2)]);
        }

        DateTimeOffset later = Stores.Start.AddDays(HorizonDays + 2).AddHours(2);
        await using (RunningService service = await StartAsync(stores, later))
        {
            // Some of it again, as after a producer's retry.
            await service.SendAsync([.. activity[(activity.Length / 2)..], .. activity[..20], .. activity[^20..]]);
            await service.UntilAsync(
                async () => await MarksAsync(redis.GetDatabase()) == activity.Length, "all that came back are marked");
            // What is vouched for from now on is behind these events.
            CalibrationReading reading = new();
            await service.UntilAsync(
                async () => (reading = await ReadAsync(service)) is { Rows: Customers, Waiting: 0 }
                    && Math.Abs((reading.ObservedRate * Customers) - (Customers - activity.Length)) < 0.5,
                "all predictions have their label");
            using var http = new HttpClient();
            string metrics = await http.GetStringAsync(service.Process.Http + "/metrics");
            (int exit, string shown, _) = await CommandLine.RunAsync("model", "health", "churn", "--redis", stores.Redis.Address);
            return (reading, metrics, exit, shown);
        }
    }

    private static async Task<string> PushAsync(ModelRegistry registry)
    {
        ModelPackage package = Model.Package();
        string version = (await registry.PushAsync(package, ModelDirectory.ReadManifest(package), ServingBench.Note)).Entry!.To;
        await registry.ChangeAsync(c => CatalogueRules.Promote(c, "churn", version, ServingBench.Note));
        return version;
    }

    private static async Task<RunningService> StartAsync(Stores stores, DateTimeOffset standAt)
    {
        RunningService service = await RunningService.StartAsync(
        [
            .. stores.Settings("ingest,decide"), "--Redis:CommandTimeout=00:00:30", "--ModelServing:PollInterval=00:00:00.100",
            "--Kafka:WatermarkCheck=00:00:00.100", "--Calibration:Window=1.00:00:00", "--Calibration:Period=00:00:00.200",
            "--Calibration:MaxHorizon=40.00:00:00", $"--Clock:StandAt={standAt:O}",
        ]);
        await service.UntilAsync(async () => await service.HealthAsync() == ServingStatus.Serving, "the service is ready");
        return service;
    }

    private static async Task<CalibrationReading> ReadAsync(RunningService service) =>
        (await service.Models.GetModelHealthAsync(new GetModelHealthRequest())).Calibrations
            .FirstOrDefault(c => c is { Model: "churn", Source: CalibrationReading.Types.Source.Outcomes }) ?? new CalibrationReading();

    /// <summary>One purchase of each customer that does not stay silent, within the horizon.</summary>
    private static CustomerEvent[] Activity(double silentOfHigh, double silentOfLow)
    {
        var events = new List<CustomerEvent>();
        foreach ((bool isHigh, double silent) in new[] { (true, silentOfHigh), (false, silentOfLow) })
        {
            int[] group = [.. Enumerable.Range(0, Customers).Where(c => ServingBench.OrdersOf(c) > 3 == isHigh)];
            events.AddRange(group.Skip((int)Math.Round(group.Length * silent))
                .Select(c => Events.Purchase(ServingBench.NameOf(c), Stores.Start.AddDays(1 + (c % (HorizonDays - 2))))));
        }

        return [.. events];
    }

    private static async Task<int> MarksAsync(IDatabase redis)
    {
        int marks = 0;
        for (int p = 0; p < Stores.Partitions; p++)
        {
            HashEntry[] entries = await redis.HashGetAllAsync(new PartitionKeys(p).Predictions(SampleDays.Of(Stores.Start)));
            marks += entries.Count(e => e.Name.ToString().EndsWith('+'));
        }

        return marks;
    }

    private static double Probability(double score) => 1 / (1 + Math.Exp(-score));
}
