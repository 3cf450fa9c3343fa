"""A gRPC client that shares no code with .NET: calls Methods.cs with raw bytes and prints what it saw as JSON lines."""
import json
import sys

import grpc

SERVICE = "/standins.test.v1.Text/"


def show(name, value):
    print(json.dumps({"name": name, "value": value}))


def main(target):
    show("codes", {code.name.replace("_", "").lower(): code.value[0] for code in grpc.StatusCode})
    for name, compression in (("plain", None), ("gzip", grpc.Compression.Gzip), ("deflate", grpc.Compression.Deflate)):
        with grpc.insecure_channel(target, compression=compression) as channel:
            unary = channel.unary_unary(SERVICE + "Unary")
            show("unary " + name, unary(b"hello " * 1000, timeout=30).decode())
    with grpc.insecure_channel(target) as channel:
        stream = channel.unary_stream(SERVICE + "ServerStreaming")
        show("server stream", [message.decode() for message in stream(b"one two three", timeout=30)])
        join = channel.stream_unary(SERVICE + "ClientStreaming")
        show("client stream", join(iter([b"four", b"five"]), timeout=30).decode())
        chat = channel.stream_stream(SERVICE + "Duplex")
        show("duplex", [message.decode() for message in chat(iter([b"six", b"seven"]), timeout=30)])

        fail = channel.unary_unary(SERVICE + "Fail")
        try:
            fail(b"x", timeout=30, metadata=(("token-bin", bytes([0, 255, 7])),))
        except grpc.RpcError as error:
            trailers = {key: list(value) if isinstance(value, bytes) else value for key, value in error.trailing_metadata()}
            show("error", {"code": error.code().name, "detail": error.details(), "trailers": trailers})
        try:
            channel.unary_unary(SERVICE + "Hang")(b"x", timeout=0.2)
        except grpc.RpcError as error:
            show("deadline", error.code().name)
        try:
            channel.unary_unary(SERVICE + "NoSuchMethod")(b"x", timeout=30)
        except grpc.RpcError as error:
            show("unknown method", error.code().name)


if __name__ == "__main__":
    main(sys.argv[1])
