"""Phoenix, listening on this machine only: its gRPC port is bound to every address, whatever PHOENIX_HOST says."""

from grpc.aio import _server

bind = _server.Server.add_insecure_port
_server.Server.add_insecure_port = lambda self, address: bind(
    self, address.replace("[::]", "127.0.0.1")
)

from phoenix.server.main import main  # noqa: E402

main()
