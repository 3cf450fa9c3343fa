using WinBack.Service.Embedded;
using WinBack.Service.Hosting;

try
{
    // Settings lie beside the program, wherever it is started from.
    var where = new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory };
    WebApplicationBuilder builder = WebApplication.CreateBuilder(where);

    AllOptions options = builder.AddWinBackOptions();

    // Of the embedded role only; they end after everything that uses them.
    await using EmbeddedStores? stores = options.Service.IsEmbedded
        ? EmbeddedStores.Begin(options.Embedded, options.Kafka, options.Redis)
        : null;

    builder.AddEventPath(options);
    builder.AddDecisionPath(options);
    builder.AddEndpoints();
    builder.AddReadiness(options);
    builder.AddTracing(options);

    await using WebApplication app = builder.Build();
    app.UseTracing();
    app.MapEndpoints();
    if (stores is not null) await Task.WhenAll(stores.ReadyAsync(), StartAhead.ReadFilesAsync(app.Services));
    await StartAhead.ConnectAsync(app.Services, options.Service, app.Lifetime.ApplicationStopping);
    await app.RunAsync();
    return Environment.ExitCode;
}
catch (Exception e) when (StartFailure.Describe(e) is { } message)
{
    await Console.Error.WriteLineAsync("winback-service: " + message);
    return StartFailure.ExitCode;
}
