"""A foreign gRPC client (grpc's C core): messages are built at run time from the descriptor set that protoc makes of our
protos, so it shares no code with the service.
   client.py HOST:PORT DESCRIPTOR_SET calls CUSTOMER    every kind of call and error, Redis up
   client.py HOST:PORT DESCRIPTOR_SET away CUSTOMER     the same while Redis is away
Prints one JSON object a line: {"name": ..., "value": ...}.
"""
import json
import sys
import time
import uuid

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

DECISIONS, CUSTOMERS = "winback.v1.DecisionService", "winback.v1.CustomerService"
HEALTH = "grpc.health.v1.Health"


class Api:
    """Stubs and messages of every service in a descriptor set."""

    def __init__(self, target, descriptor_set):
        self.pool = descriptor_pool.DescriptorPool()
        files = descriptor_pb2.FileDescriptorSet()
        with open(descriptor_set, "rb") as stream:
            files.ParseFromString(stream.read())
        for file in files.file:
            self.pool.Add(file)
        self.factory = message_factory.MessageFactory(self.pool)
        self.channel = grpc.insecure_channel(target)

    def message(self, name):
        return self.factory.GetPrototype(self.pool.FindMessageTypeByName(name))

    def call(self, service, method, request, **options):
        """request: a dictionary in the JSON form. options: timeout, ..."""
        return self.stub(service, method)(self.encode(service, method, request), **options)

    def stub(self, service, method):
        described = self.pool.FindServiceByName(service).FindMethodByName(method)
        answer = self.factory.GetPrototype(described.output_type)
        kind = self.channel.unary_unary
        if method in ("Watch", "ExportCustomer"):
            kind = self.channel.unary_stream
        elif method == "StreamDecisions":
            kind = self.channel.stream_stream
        return kind(f"/{service}/{method}", response_deserializer=answer.FromString)

    def encode(self, service, method, request):
        described = self.pool.FindServiceByName(service).FindMethodByName(method)
        return json_format.ParseDict(request, self.factory.GetPrototype(described.input_type)()).SerializeToString()

    def error(self, error):
        """A failed call: status, message, and the google.rpc details of the trailer."""
        told = {"code": error.code().name, "message": error.details()}
        for key, value in error.trailing_metadata() or ():
            if key == "grpc-status-details-bin":
                status = self.message("google.rpc.Status").FromString(value)
                told["same"] = (status.code, status.message) == (error.code().value[0], error.details())
                for detail in status.details:
                    name = detail.type_url.split("/")[-1]
                    told[name] = json_format.MessageToDict(self.message(name).FromString(detail.value))
        return told

    def failure(self, service, method, request, **options):
        try:
            self.call(service, method, request, **options)
            return {"code": "OK"}
        except grpc.RpcError as error:
            return self.error(error)


def show(name, value):
    print(json.dumps({"name": name, "value": value}), flush=True)


def plain(message, pool=None):
    return json_format.MessageToDict(message, preserving_proto_field_name=True, descriptor_pool=pool)


def calls(api, customer):
    request = {"customer_id": customer, "request_id": str(uuid.uuid4())}
    decided = api.call(DECISIONS, "DecideNextAction", request, timeout=30)
    show("decided", plain(decided))
    show("again", plain(api.call(DECISIONS, "DecideNextAction", request, timeout=30)))
    one = {"decision_id": decided.decision.decision_id}
    show("confirmed", plain(api.call(DECISIONS, "ConfirmDecision", one, timeout=30)))
    show("read", plain(api.call(DECISIONS, "GetDecision", {**one, "view": "DECISION_VIEW_FULL"}, timeout=30)))
    show("replayed", plain(api.call(DECISIONS, "ReplayDecision", one, timeout=30)))
    show("customer", plain(api.call(CUSTOMERS, "GetCustomer", {"customer_id": customer}, timeout=30)))
    show("released too late", api.failure(DECISIONS, "ReleaseDecision", one, timeout=30))
    show("reused", api.failure(DECISIONS, "DecideNextAction", {**request, "channels": ["CHANNEL_SMS"]}, timeout=30))
    many(api, customer)
    arguments(api, customer)
    protocol(api, customer)
    wishes(api, customer)
    show("health", [plain(status) for status in limited(api, 1)])


def wishes(api, customer):
    """What explains a decision, and what a customer may ask for."""
    one = {"customer_id": customer}
    show("explained", plain(api.call(DECISIONS, "ExplainDecision", one, timeout=30)))
    show("simulated", plain(api.call(DECISIONS, "SimulateDecision", {**one, "decide_time": "2027-03-02T12:00:00Z"}, timeout=30)))
    show("listed", plain(api.call(DECISIONS, "ListDecisions", {**one, "page_size": 2}, timeout=30)))
    show("suppressed", plain(api.call(CUSTOMERS, "SuppressCustomer", {**one, "channels": ["CHANNEL_SMS"]}, timeout=30)))
    show("exported", [plain(record) for record in api.call(CUSTOMERS, "ExportCustomer", one, timeout=30)])
    show("erased", plain(api.call(CUSTOMERS, "EraseCustomer", one, timeout=30)))
    show("forgotten", plain(api.call(CUSTOMERS, "GetCustomer", one, timeout=30)))


def many(api, customer):
    """One batch and one stream, each with a request that is wrong."""
    requests = [{"customer_id": customer, "request_id": str(uuid.uuid4())} for _ in range(3)]
    requests[1]["customer_id"] = ""
    show("batch", plain(api.call(DECISIONS, "BatchDecideNextActions", {"requests": requests}, timeout=30), api.pool))
    method = "StreamDecisions"
    encoded = (api.encode(DECISIONS, method, {"request": request}) for request in requests)
    show("stream", [plain(answer, api.pool) for answer in api.stub(DECISIONS, method)(encoded, timeout=30)])


def arguments(api, customer):
    new = str(uuid.uuid4())
    for name, method, request in (
        ("customer missing", "DecideNextAction", {"request_id": new}),
        ("customer long", "DecideNextAction", {"customer_id": "ä" * 33, "request_id": new}),
        ("request missing", "DecideNextAction", {"customer_id": customer}),
        ("request no uuid", "DecideNextAction", {"customer_id": customer, "request_id": "42"}),
        ("request zero", "DecideNextAction", {"customer_id": customer, "request_id": str(uuid.UUID(int=0))}),
        ("request huge", "DecideNextAction", {"customer_id": customer, "request_id": "ß" * 200_000}),
        ("channel unknown", "DecideNextAction", {"customer_id": customer, "request_id": new, "channels": [1, 99]}),
        ("channels many", "DecideNextAction", {"customer_id": customer, "request_id": new, "channels": [0] * 10_000}),
        ("view unknown", "DecideNextAction", {"customer_id": customer, "request_id": new, "view": 7}),
        ("all at once", "DecideNextAction", {"request_id": "x", "channels": [0], "view": 7}),
        ("preview with a wrong id", "DecideNextAction", {"customer_id": customer, "request_id": "x", "validate_only": True}),
        ("confirm nothing", "ConfirmDecision", {}),
        ("release nonsense", "ReleaseDecision", {"decision_id": "7"}),
        ("get nothing", "GetDecision", {"view": 7}),
    ):
        show("argument: " + name, api.failure(DECISIONS, method, request, timeout=30))
    show("argument: read nobody", api.failure(CUSTOMERS, "GetCustomer", {}, timeout=30))


def protocol(api, customer):
    show("oversized", api.failure(DECISIONS, "DecideNextAction", {"customer_id": "x" * 2_000_000}, timeout=30))
    for name, path in (("unknown method", f"/{DECISIONS}/Nothing"), ("unknown service", "/winback.v1.Nothing/Nothing")):
        try:
            api.channel.unary_unary(path)(b"", timeout=30)
        except grpc.RpcError as error:
            show(name, api.error(error))
    watch = api.call(HEALTH, "Watch", {}, timeout=1)
    try:
        show("deadline", [plain(status) for status in watch])
    except grpc.RpcError as error:
        show("deadline", api.error(error))
    watch = api.call(HEALTH, "Watch", {}, timeout=30)
    next(watch)
    watch.cancel()
    try:
        next(watch)
    except grpc.RpcError as error:
        show("cancelled", api.error(error))


def limited(api, count):
    watch = api.call(HEALTH, "Watch", {"service": DECISIONS}, timeout=30)
    statuses = [next(watch) for _ in range(count)]
    watch.cancel()
    return statuses


def away(api, customer):
    request = {"customer_id": customer, "request_id": str(uuid.uuid4())}
    show("away", api.failure(DECISIONS, "DecideNextAction", request, timeout=30))
    # On a slow machine the answer may be there before the cancellation: then once more.
    for _ in range(20):
        pending = api.stub(DECISIONS, "DecideNextAction").future(api.encode(DECISIONS, "DecideNextAction", request), timeout=30)
        time.sleep(0.05)
        pending.cancel()
        try:
            pending.result()
        except grpc.FutureCancelledError:
            show("cancelled", pending.code().name)
            return
        except grpc.RpcError:
            pass


if __name__ == "__main__":
    target, descriptor_set, what, customer = sys.argv[1:]
    {"calls": calls, "away": away}[what](Api(target, descriptor_set), customer)
