using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using WinBack.Cli.EventFiles;
using WinBack.Cli.Import;
using WinBack.Cli.Terminal;

namespace WinBack.Cli.Run;

/// <summary>
/// <c>winback run</c>, the main job on one machine: a broker, a Redis and the service as children; real events through
/// Kafka into state; decisions over gRPC. What ./run.sh calls.
/// </summary>
internal static class RunCommand
{
    private const string SamplePath = "samples/online_retail.csv.gz";
    private const string ModelsPath = "models";
    private const string PlaybookPath = "playbooks/default.yaml";
    private const int GrpcPort = 5051;
    private const int HttpPort = 5052;

    /// <summary>The minute after the last invoice of the sample: on the service's clock, days of silence are then real.</summary>
    private static readonly DateTimeOffset EndOfSample = new(2011, 12, 9, 12, 51, 0, TimeSpan.Zero);

    private const string Notes = """
        Starts the service in its embedded role on 127.0.0.1, on a clock that stands at the end of the data (2011-12-09),
        sends the invoices of UCI Online Retail through Kafka, and asks what to send to lapsed customers. Then it stays up
        until Ctrl-C, which ends everything it started; with --once it ends at once.

        Examples:
          ./run.sh --once
          ./run.sh --playbook mine.yaml
        """;

    internal static Command Build()
    {
        var once = new Option<bool>("--once") { Description = "End after the decisions instead of staying up." };
        var input = Text("--input", $"Online Retail as CSV. Default: {SamplePath} of this repository.");
        var models = Text("--models", $"Folder with the models churn and winback. Default: {ModelsPath} of this repository.");
        var playbook = Text("--playbook", $"The playbook. Default: {PlaybookPath} of this repository.");
        Option<int?> grpcPort = Port("--grpc-port", "the gRPC API", GrpcPort), httpPort = Port("--http-port", "metrics and health", HttpPort);
        var service = Text("--service", "WinBack.Service.dll; ./run.sh builds it and fills this in.");
        var garnet = Text("--garnet", "GarnetServer.dll, for machines without redis-server; ./run.sh fills this in too.");
        service.Required = true;
        var command = new NotedCommand("run", "Runs the whole of WinBack on this machine, on real data.", Notes)
        {
            once, input, models, playbook, grpcPort, httpPort, service, garnet,
        };
        command.SetAction((parsed, stop) => RunAsync(
            Shipped(parsed.GetValue(input), SamplePath, "--input"),
            ServiceDll(parsed.GetValue(service)!),
            [
                "--WinBack:Roles=embedded",
                $"--Clock:StandAt={EndOfSample:O}",
                $"--WinBack:Models={Shipped(parsed.GetValue(models), ModelsPath, "--models")}",
                $"--WinBack:Playbook={Shipped(parsed.GetValue(playbook), PlaybookPath, "--playbook")}",
                $"--Embedded:GarnetPath={parsed.GetValue(garnet)}",
                $"--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:{LocalPort.Of(parsed.GetValue(grpcPort), GrpcPort)}",
                $"--Kestrel:Endpoints:Http:Url=http://127.0.0.1:{LocalPort.Of(parsed.GetValue(httpPort), HttpPort)}",
            ],
            parsed.GetValue(once),
            parsed.InvocationConfiguration.Output,
            stop));
        return command;
    }

    private static async Task<int> RunAsync(
        string input, string serviceDll, string[] settings, bool isOnce, TextWriter text, CancellationToken stop)
    {
        // Step 1: the service, with a broker and a Redis of its own.
        await text.WriteLineAsync("Starting broker, Redis and service ...");
        long started = Stopwatch.GetTimestamp();
        await using ServiceProcess service = await ServiceProcess.StartAsync(serviceDll, settings, stop);
        string addresses = $"gRPC {service.Grpc}, HTTP {service.Http}, Kafka {service.Kafka}, Redis {service.Redis}";
        await text.WriteLineAsync(Line($"Ready after {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s: {addresses}"));

        // Step 2: the data as an event file.
        string events = Path.Combine(service.Folder, "online-retail.events");
        OnlineRetailCommand.Import(input, events, EventFileFormat.Protobuf, [], text);
        stop.ThrowIfCancellationRequested();

        // Step 3: events through Kafka into state.
        var fold = new FoldRun(service);
        await text.WriteLineAsync(await ProgressDisplay.RunAsync("Events into state", report => fold.RunAsync(events, report, stop)));

        // Step 4: decisions over gRPC.
        using (var ask = new DecisionRun(service.Grpc))
        {
            IReadOnlyList<string> customers = fold.Customers;
            await text.WriteLineAsync(
                await ProgressDisplay.RunAsync("Asking for every customer", report => ask.PreviewAsync(customers, report, stop)));
            await ask.DecideAsync(text, stop);
            await text.WriteLineAsync(NextSteps(service, ask.Example, isOnce));
        }

        // Step 5: stay, or go.
        if (isOnce) return ExitCode.Ok;
        await text.WriteLineAsync("The service stays up; Ctrl-C ends it and everything it started.");
        await service.WaitAsync(stop);
        return stop.IsCancellationRequested
            ? ExitCode.Ok
            : throw new BadInputException($"the service ended by itself; the end of its log:{Environment.NewLine}{service.EndOfLog()}");
    }

    private static string NextSteps(ServiceProcess service, string customer, bool isOnce)
    {
        string when = isOnce ? "without --once the service stays up" : "while the service is up";
        string grpc = service.Grpc["http://".Length..];
        string ask = $$"""'{"customer_id": "{{customer}}", "validate_only": true}'""", read = $$"""'{"customer_id": "{{customer}}"}'""";
        return $"""
            How to go on, {when} (scripts/grpc-call.sh is a client that knows the API by reflection only):
              decide       scripts/grpc-call.sh {grpc} call winback.v1.DecisionService/DecideNextAction {ask}
              customer     scripts/grpc-call.sh {grpc} call winback.v1.CustomerService/GetCustomer {read}
              its state    ./winback inspect --redis {service.Redis} --customer {customer} --as-of {EndOfSample:yyyy-MM-ddTHH:mm:ssZ}
              the API      scripts/grpc-call.sh {grpc} describe winback.v1.DecisionService
              metrics      curl {service.Http}/metrics
              health       curl {service.Http}/healthz/ready
              more events  ./winback produce --events FILE --bootstrap {service.Kafka}
              log          {service.LogFile}
            """;
    }

    private static string Shipped(string? given, string path, string option) =>
        Path.GetFullPath(given ?? RepositoryFile.Find(path, option));

    private static string ServiceDll(string path) => File.Exists(path)
        ? path
        : throw new BadInputException($"--service: there is no '{path}'; build it: dotnet build -c Release src/WinBack.Service");

    private static Option<string?> Text(string name, string description) => new(name) { Description = description };

    private static Option<int?> Port(string name, string what, int preferred)
    {
        var port = new Option<int?>(name)
        {
            Description = $"Port of {what}; 0 for a free one. Default: {preferred}, or a free one when that is taken.",
        };
        port.Validators.Add(result =>
        {
            if (int.TryParse(result.Tokens.SingleOrDefault()?.Value, out int value) && value is < 0 or > ushort.MaxValue)
                result.AddError($"{name} must be from 0 to {ushort.MaxValue}, not {value}");
        });
        return port;
    }

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
