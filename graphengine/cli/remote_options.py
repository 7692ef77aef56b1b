"""Options of the commands that speak to a server."""

from graphengine.cli.run_arguments import OwnOption

SERVER = OwnOption("server", "URL", "The server; else GRAPHENGINE_SERVER, else http://127.0.0.1:8189.")
TOKEN = OwnOption("token", "TOKEN", "Its token; better in GRAPHENGINE_TOKEN, where other users don't see it.")
