using System.Globalization;
using System.Text.Json;
using WinBack.Testing;

namespace WinBack.IntegrationTests.Ops;

/// <summary>A Prometheus (Debian package) with the shipped rules that scrapes one address every 200 ms.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly string _folder;
    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private PrometheusServer(string folder, ChildProcess process, int port)
    {
        _folder = folder;
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <param name="target">host:port</param>
    internal static PrometheusServer Start(string target, string rules)
    {
        const string program = "/usr/bin/prometheus";
        Assert.True(File.Exists(program), "This test needs the Debian package prometheus");
        string folder = Directory.CreateTempSubdirectory("winback-prometheus-").FullName;
        string configuration = Path.Combine(folder, "prometheus.yml");
        File.WriteAllText(configuration, $$"""
            global: { scrape_interval: 200ms, scrape_timeout: 200ms, evaluation_interval: 200ms }
            rule_files: [ "{{rules}}/*.yml" ]
            scrape_configs:
              - { job_name: decide, scrape_timeout: 200ms, static_configs: [ { targets: [ "{{target}}" ] } ] }
            """);
        int port = FreePort.Next();
        ChildProcess process = ChildProcess.Start(
            program,
            [
                $"--config.file={configuration}", $"--storage.tsdb.path={folder}/data",
                string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
            ],
            folder);
        return new PrometheusServer(folder, process, port);
    }

    /// <summary>The values that a query gives now, one a series. Fails when the query is wrong.</summary>
    internal async Task<IReadOnlyList<double>> QueryAsync(string expression)
    {
        using HttpResponseMessage response = await _http.GetAsync("/api/v1/query?query=" + Uri.EscapeDataString(expression));
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        Assert.True(answer.RootElement.GetProperty("status").GetString() == "success", expression + ": " + answer.RootElement);
        return
        [
            .. answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray()
                .Select(series => double.Parse(series.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>Asks until there is an answer that is as it should be.</summary>
    internal async Task UntilAsync(string expression, Func<IReadOnlyList<double>, bool> isRight)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await IsAsync(expression, isRight))
        {
            Assert.True(_process.IsRunning, _process.Output);
            Assert.False(limit.IsCancellationRequested, $"not within {Limit}: {expression}\n{_process.Output}");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Terminate();
        await _process.WaitForEndAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> IsAsync(string expression, Func<IReadOnlyList<double>, bool> isRight)
    {
        try
        {
            return isRight(await QueryAsync(expression));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            // It does not listen, or is not ready, yet.
            return false;
        }
    }
}
