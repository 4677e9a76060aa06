using System.Globalization;
using MailAdmin.QueueWorker;
using MailAdmin.Storage;

// A process that tests may kill: `enqueue STORE PORT PREFIX COUNT`, which writes a line for each message that is safe,
// or `distribute STORE`, which goes on until it is killed.
switch (args)
{
    case ["enqueue", var path, var port, var prefix, var count]:
        await Worker.EnqueueAsync(Location(path), Number(port), prefix, Number(count));
        return 0;
    case ["distribute", var path]:
        await Worker.DistributeAsync(Location(path));
        return 0;
    default:
        return 64;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static StoreLocation Location(string path) => new(path, StoreAccess.Owner);
