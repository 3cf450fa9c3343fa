using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Wire;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Reasons;
using WinBack.Core.State;
using WinBack.Service.Grpc.Errors;
using WinBack.Service.Serving;

namespace WinBack.Service.Grpc.Customers;

/// <summary>A customer as it is known now, readable: the state as the rules see it, with what is suppressed laid over it.</summary>
internal sealed class CustomerPages(
    CustomerReader reader,
    CustomerStore customers,
    FeatureSchema schema,
    Live<ServingModels> models,
    Live<PlaybookModel> playbook,
    TimeProvider time)
{
    /// <exception cref="RpcException">No event of the customer was folded.</exception>
    internal async Task<V1.Customer> ReadAsync(CustomerId customer, V1.CustomerView view, CancellationToken cancellation)
    {
        Task<SnapshotSource> reading = customers.ReadAsync(customer, cancellation);
        (int partition, byte[]? blob, PartitionWatermark? watermark) = await reader.ReadAsync(customer, cancellation);
        SnapshotSource source = (await reading) with { State = blob };
        return blob is not null
            ? ToProto(customer, source, partition, watermark, view)
            : throw RpcErrors.NotFound(
                "CUSTOMER_NOT_FOUND",
                $"customer_id: no event of '{customer}' was folded; partition {partition} is at {watermark?.ToString() ?? "no watermark"}");
    }

    private V1.Customer ToProto(
        CustomerId customer, SnapshotSource source, int partition, PartitionWatermark? watermark, V1.CustomerView view)
    {
        CustomerSnapshot snapshot = CustomerSnapshot.Of(source, CapLedger.Empty);
        CustomerState state = snapshot.State!;
        var proto = new V1.Customer { CustomerId = customer.Value, Erased = state.IsErased, Watermark = ToProto(partition, watermark) };
        if (state.IsErased) return proto;
        DateTimeOffset now = time.GetUtcNow();
        proto.FirstEventTime = TimeOf(state, Instant.FirstEvent);
        proto.LastEventTime = TimeOf(state, Instant.LastEvent);
        proto.FeatureSchemaHash = schema.Hash;
        proto.StateHash = snapshot.StateHash;
        proto.StateSizeBytes = source.State!.Length;
        proto.ReadTime = now.ToTimestamp();
        foreach ((string name, string value, string unit) in StateDescription.Of(state))
            proto.State.Add(new V1.StateField { Name = name, Value = value, Unit = unit });
        float[] features = FeaturesOf(state, now);
        AddFeatures(proto, features);
        if (view == V1.CustomerView.Full) Explain(proto, customer, state, features);
        foreach (Channel channel in System.Enum.GetValues<Channel>())
            if (channel != Channel.None) proto.Channels.Add(ToProto(channel, state));
        return proto;
    }

    private void Explain(V1.Customer proto, CustomerId customer, CustomerState state, float[] features)
    {
        foreach (ScoreExplanation explanation in models.Current.ScorerOf(customer).Explain(features))
            proto.Scores.Add(ExplanationWire.ToProto(explanation, schema));
        proto.LapseReason = ReasonWire.ToProto(ReasonEngine.Assess(state, playbook.Current.Reasons));
    }

    private float[] FeaturesOf(CustomerState state, DateTimeOffset asOf)
    {
        var context = new FeatureContext();
        context.Load(state, asOf);
        float[] values = new float[schema.Count];
        schema.Write(context, values);
        return values;
    }

    private void AddFeatures(V1.Customer proto, float[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            var feature = new V1.Feature { Name = schema.Names[i], Unit = schema.Features[i].Unit };
            if (!float.IsNaN(values[i])) feature.Value = values[i];
            proto.Features.Add(feature);
        }
    }

    private static V1.ChannelPermission ToProto(Channel channel, CustomerState state) => new()
    {
        Channel = (V1.Channel)channel,
        Consent = state.Facts.ConsentOf(channel).ToString().ToLowerInvariant(),
        Address = state.Facts.AddressOf(channel).ToString().ToLowerInvariant(),
    };

    private static V1.Watermark? ToProto(int partition, PartitionWatermark? watermark)
    {
        if (watermark is null) return null;
        var proto = new V1.Watermark { Partition = partition, Epoch = watermark.Epoch };
        foreach (EventStream stream in EventStreams.All)
            proto.NextOffsets.Add(stream.ToString().ToLowerInvariant(), watermark.NextOffset(stream));
        return proto;
    }

    private static Timestamp? TimeOf(CustomerState state, Instant instant) =>
        state.Instants[instant] is { } timeMs ? DateTimeOffset.FromUnixTimeMilliseconds(timeMs).ToTimestamp() : null;
}
