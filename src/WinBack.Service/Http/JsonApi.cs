using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc;
using WinBack.Service.Grpc;

namespace WinBack.Service.Http;

/// <summary>
/// The gRPC methods over HTTP with JSON, for systems without gRPC: the same services are called, so the same checks, answers
/// and errors come back. Paths and verbs are those of the google.api.http options in the protos.
/// </summary>
internal static class JsonApi
{
    private const int MaxBodyBytes = 1024 * 1024;
    private const string Json = "application/json";
    private const string JsonLines = "application/x-ndjson";

    internal static readonly IReadOnlyList<HttpRoute> Routes =
        [.. HttpRoute.Of(V1.DecisionService.Descriptor), .. HttpRoute.Of(V1.CustomerService.Descriptor)];

    internal static void MapJsonApi(this IEndpointRouteBuilder app)
    {
        var decisions = new ServiceRoutes<DecisionGrpcService>(app, V1.DecisionService.Descriptor.FullName);
        decisions.Map<V1.DecideNextActionRequest, V1.DecideNextActionResponse>("DecideNextAction", (s, r, c) => s.DecideNextAction(r, c));
        decisions.Map<V1.BatchDecideNextActionsRequest, V1.BatchDecideNextActionsResponse>(
            "BatchDecideNextActions", (s, r, c) => s.BatchDecideNextActions(r, c));
        decisions.Map<V1.ConfirmDecisionRequest, V1.ConfirmDecisionResponse>("ConfirmDecision", (s, r, c) => s.ConfirmDecision(r, c));
        decisions.Map<V1.ReleaseDecisionRequest, V1.ReleaseDecisionResponse>("ReleaseDecision", (s, r, c) => s.ReleaseDecision(r, c));
        decisions.Map<V1.GetDecisionRequest, V1.Decision>("GetDecision", (s, r, c) => s.GetDecision(r, c));
        decisions.Map<V1.ListDecisionsRequest, V1.ListDecisionsResponse>("ListDecisions", (s, r, c) => s.ListDecisions(r, c));
        decisions.Map<V1.ReplayDecisionRequest, V1.ReplayDecisionResponse>("ReplayDecision", (s, r, c) => s.ReplayDecision(r, c));
        decisions.Map<V1.ExplainDecisionRequest, V1.ExplainDecisionResponse>("ExplainDecision", (s, r, c) => s.ExplainDecision(r, c));
        decisions.Map<V1.SimulateDecisionRequest, V1.SimulateDecisionResponse>("SimulateDecision", (s, r, c) => s.SimulateDecision(r, c));
        var customers = new ServiceRoutes<CustomerGrpcService>(app, V1.CustomerService.Descriptor.FullName);
        customers.Map<V1.GetCustomerRequest, V1.Customer>("GetCustomer", (s, r, c) => s.GetCustomer(r, c));
        customers.Map<V1.SuppressCustomerRequest, V1.SuppressCustomerResponse>("SuppressCustomer", (s, r, c) => s.SuppressCustomer(r, c));
        customers.Map<V1.EraseCustomerRequest, V1.EraseCustomerResponse>("EraseCustomer", (s, r, c) => s.EraseCustomer(r, c));
        customers.MapStream<V1.ExportCustomerRequest, V1.ExportCustomerResponse>("ExportCustomer", (s, r, w, c) => s.ExportCustomer(r, w, c));
        customers.Map<V1.GetContactBudgetRequest, V1.ContactBudget>("GetContactBudget", (s, r, c) => s.GetContactBudget(r, c));
        customers.Map<V1.ResetContactBudgetRequest, V1.ResetContactBudgetResponse>(
            "ResetContactBudget", (s, r, c) => s.ResetContactBudget(r, c));
        customers.Map<V1.ListBudgetResetsRequest, V1.ListBudgetResetsResponse>("ListBudgetResets", (s, r, c) => s.ListBudgetResets(r, c));
        string document = OpenApiDocument.Of(Routes).ToJsonString();
        app.MapGet("/openapi.json", () => Results.Text(document, Json));
    }

    private sealed class ServiceRoutes<TService>(IEndpointRouteBuilder app, string service)
        where TService : class
    {
        internal void Map<TRequest, TResponse>(string name, Func<TService, TRequest, ServerCallContext, Task<TResponse>> call)
            where TRequest : class, IMessage<TRequest>, new()
            where TResponse : class, IMessage<TResponse> =>
            Map<TRequest>(name, async (target, request, http, context) =>
            {
                TResponse response = await call(target, request, context);
                http.Response.ContentType = Json;
                await http.Response.WriteAsync(JsonFormat.Formatter.Format(response), http.RequestAborted);
            });

        internal void MapStream<TRequest, TResponse>(
            string name, Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> call)
            where TRequest : class, IMessage<TRequest>, new()
            where TResponse : class, IMessage<TResponse> =>
            Map<TRequest>(name, (target, request, http, context) =>
            {
                http.Response.ContentType = JsonLines;
                return call(target, request, new JsonLineWriter<TResponse>(http.Response), context);
            });

        private void Map<TRequest>(string name, Func<TService, TRequest, HttpContext, ServerCallContext, Task> answer)
            where TRequest : class, IMessage<TRequest>, new()
        {
            HttpRoute route = Routes.Single(r => r.Method.Service.FullName == service && r.Method.Name == name);
            app.MapMethods(route.Path, [route.Verb], (HttpContext http) => JsonCall.RunAsync(http, route, async context =>
            {
                TRequest request = await RequestReader.ReadAsync<TRequest>(http, route);
                var target = ActivatorUtilities.GetServiceOrCreateInstance<TService>(http.RequestServices);
                await answer(target, request, http, context);
            })).WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        }
    }

    private sealed class JsonLineWriter<T>(HttpResponse response) : IServerStreamWriter<T>
        where T : IMessage
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(T message) => WriteAsync(message, response.HttpContext.RequestAborted);

        public Task WriteAsync(T message, CancellationToken cancellationToken) =>
            response.WriteAsync(JsonFormat.Formatter.Format(message) + "\n", cancellationToken);
    }
}
