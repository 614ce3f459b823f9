"""What is made of the measurements: medians, ratios, a Markdown page and a JSON document."""

import json
import os
from operator import attrgetter
from statistics import median

MIB = 1 << 20
GIB = 1 << 30
NOTHING = "–"
SLOW_BLAS = (
    "PyTorch ran on the reference BLAS, which is slow:"
    " with the package libopenblas0-pthread the comparison is fair."
)


def markdown(what, machine, points):
    quiet = [point for point in points if not point.busy]
    if what.sweep:
        parts = [growth(what.sweep, quiet)]
    else:
        parts = [part for point in quiet for part in one_point(point, heading=len(quiet) > 1)]
    parts += [slowdowns(points, machine["coresUsable"]), notes(points), described(machine, points)]
    return "\n\n".join(part for part in parts if part) + "\n"


def one_point(point, heading):
    title = f"## {point.value}: {point.recipe.network.title}" if heading else ""
    return [title, comparison(point), ratios(point), shares(point)]


def spread(values, form):
    """The median, with the least and the most where there are several."""
    values = list(values)
    text = form(median(values))
    return f"{text} ({form(min(values))} – {form(max(values))})" if len(values) > 1 else text


def seconds(value):
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def whole(value):
    return f"{value:,.0f}"


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def comparison(point):
    """A row for each contestant."""
    header = ["program", "threads", "first epoch, s", "best epoch, s", "training, s"]
    header += ["whole process, s", "its CPU, s", "peak memory, MiB", "test accuracy", "verdict"]
    return table(header, [contestant_row(entry) for entry in point.entries])


def contestant_row(entry):
    runs = entry.runs
    row = [entry.contestant.program, threads(entry)]
    if not runs:
        return [*row, *[NOTHING] * 7, entry.verdict]
    star = " \\*" if extrapolated(entry) else ""
    row += [
        spread((run.first_epoch_seconds for run in runs), seconds),
        spread((run.best_epoch_seconds for run in runs), seconds),
        spread((run.train_seconds for run in runs), seconds) + star,
    ]
    if runs[0].accuracy is None:
        # The products read data only to know its size: their process compares with no other.
        return [*row, *[NOTHING] * 4, entry.verdict]
    return [
        *row,
        spread((run.wall_seconds for run in runs), seconds) + star,
        NOTHING if star else spread((run.cpu_seconds for run in runs), seconds),
        spread((run.peak_memory_bytes / MIB for run in runs), whole),
        spread((run.accuracy for run in runs), "{:.4f}".format),
        entry.verdict,
    ]


def threads(entry):
    told = entry.contestant.threads
    taken = {run.threads for run in entry.runs} - {None}
    if entry.contestant.pinned or len(taken) != 1:
        return told
    return f"{told}: {taken.pop()}"


def extrapolated(entry):
    return any(run.extrapolated for run in entry.runs)


# What ours is compared by: the heading of the column, and what is measured.
MEASURES = (
    ("in training", attrgetter("train_seconds")),
    ("by the best epoch", attrgetter("best_epoch_seconds")),
    ("as a whole process", attrgetter("wall_seconds")),
    ("in CPU time of the process", attrgetter("cpu_seconds")),
)
train_seconds = MEASURES[0][1]


def ratios(point):
    """How many times quicker than each other program ours is, as it comes where that took part."""
    ours = [entry for entry in point.entries if entry.runs and entry.contestant.family == "ours"]
    as_it_comes = [entry for entry in ours if not entry.contestant.pinned]
    ours, rivals = as_it_comes or ours, rival_groups(point, own_too=bool(as_it_comes))
    if not ours or not rivals:
        return ""
    rows = []
    for name, entries in rivals.items():
        row = [name]
        for heading, measure in MEASURES:
            rival = best(entries, measure)
            if "CPU" in heading and extrapolated(rival):
                row.append(NOTHING)
                continue
            told = f", {counted(rival)}" if rival.contestant.pinned else ""
            row.append(quicker(best(ours, measure), rival, measure) + told)
        rows.append(row)
    told = "--threads auto" if as_it_comes else "at its best"
    return table([f"mnist4j, {told}, is quicker than", *(name for name, _ in MEASURES)], rows)


def slowdowns(points, cores):
    """
    What other programs on all cores cost: how many times longer than in quiet a process takes, and
    than its fair share allows. With one program more for each of n cores, a process that keeps p
    cores busy in quiet (its CPU time over its time) gets n of n + p parts of each: it may take
    1 + p / n times as long.
    """
    rows = []
    for quiet, busy in pairs(points):
        for alone, beside in zip(quiet.entries, busy.entries):
            rounds = list(zip(alone.runs, beside.runs))
            if not rounds or alone.runs[0].accuracy is None or extrapolated(alone):
                continue
            slower = [theirs.wall_seconds / own.wall_seconds for own, theirs in rounds]
            fair = [1 + own.cpu_seconds / own.wall_seconds / cores for own, _ in rounds]
            rows.append(
                [
                    quiet.value,
                    alone.contestant.program,
                    threads(alone),
                    *(
                        spread((run.train_seconds for run in entry.runs), seconds)
                        for entry in (alone, beside)
                    ),
                    spread(slower, times),
                    spread(fair, times),
                    spread((a / b for a, b in zip(slower, fair)), times),
                ]
            )
    header = ["network", "program", "threads", "training in quiet, s", "with all cores taken, s"]
    header += ["slowdown of the process", "its fair share", "slowdown / fair share"]
    return table(header, rows) if rows else ""


def pairs(points):
    """Each quiet point with the busy one after it."""
    return [pair for pair in zip(points, points[1:]) if pair[1].busy]


def times(value):
    return f"{value:.2f}×"


def rival_groups(point, own_too):
    groups = {}
    for entry in point.entries:
        contestant = entry.contestant
        own = contestant.family == "ours"
        if (
            not entry.runs
            or contestant.family == "products"
            or own
            and not (own_too and contestant.pinned)
        ):
            continue
        how = "best pinned" if contestant.pinned else "as it comes"
        groups.setdefault(f"{contestant.program}, {how}", []).append(entry)
    return groups


def counted(entry):
    number = entry.contestant.threads
    return f"{number} thread" if number == "1" else f"{number} threads"


def best(entries, measure):
    return min(entries, key=lambda entry: median(map(measure, entry.runs)))


def quicker(ours, rival, measure):
    """Compares round by round: runs of one round met the same machine."""
    rounds = zip(ours.runs, rival.runs)
    return spread((measure(theirs) / measure(own) for own, theirs in rounds), times)


def shares(point):
    """How much of our training the bare products take."""
    entries = {entry.contestant.name: entry for entry in point.entries if entry.runs}
    lines = []
    for name, products in entries.items():
        ours = entries.get(name.replace("products-", "ours-"))
        if ours and ours is not products:
            rounds = zip(ours.runs, products.runs)
            share = spread(
                (bare.train_seconds / own.train_seconds for own, bare in rounds), "{:.0%}".format
            )
            lines.append(f"{share} with {counted(products)}")
    if not lines:
        return ""
    return (
        f"All matrix products alone would take of mnist4j's training time: {'; '.join(lines)};"
        " it leaves out products with zeros, so that this may exceed 100%."
    )


def growth(mode, points):
    """A row for each setting: samples/s of each contestant, and ours against PyTorch."""
    names = list(
        dict.fromkeys(entry.contestant.name for point in points for entry in point.entries)
    )
    rows = []
    for point in points:
        entries = {entry.contestant.name: entry for entry in point.entries}
        rates = [
            (
                spread((run.samples_per_second for run in entries[name].runs), whole)
                if entries[name].runs
                else entries[name].verdict
            )
            for name in names
        ]
        rows.append([point.value, *rates, against_pytorch(point)])
    return table(
        [mode, *(f"{name}, samples/s" for name in names), "best ours / best pytorch"], rows
    )


def against_pytorch(point):
    families = {}
    for entry in point.entries:
        if entry.runs:
            families.setdefault(entry.contestant.family, []).append(entry)
    if not {"ours", "pytorch"} <= families.keys():
        return NOTHING
    ours, pytorch = (best(families[name], train_seconds) for name in ("ours", "pytorch"))
    return quicker(ours, pytorch, train_seconds)


def notes(points):
    entries = [(point, entry) for point in points for entry in point.entries]
    lines = []
    if any(extrapolated(entry) for _, entry in entries):
        lines.append("\\* one epoch was run, and the others extrapolated.")
    if libraries(points).get("BLAS", "").startswith("libblas."):
        lines.append(SLOW_BLAS)
    for point, entry in entries:
        name = f"{entry.contestant.name} at {point.name}" if point.name else entry.contestant.name
        if entry.failure:
            lines.append(f"{name}: {entry.failure}")
        elif entry.missed and len(points) > 1:
            lines.append(f"{name}: {entry.verdict}")
    for point in points:
        counts = {run.parameters for entry in point.entries for run in entry.runs} - {None}
        if len(counts) > 1:
            lines.append(f"{point.name}: the networks differ, with {sorted(counts)} parameters.")
    return "\n\n".join(lines)


def libraries(points):
    return {
        name: version
        for point in points
        for entry in point.entries
        for run in entry.runs
        for name, version in run.libraries.items()
    }


def described(machine, points):
    rounds = max(len(entry.runs) for point in points for entry in point.entries)
    cores = f"{machine['coresReported']} cores reported, {machine['coresUsable']} usable"
    facts = [
        " with ".join(filter(None, (machine["cpu"], machine["instructions"]))),
        f"{cores}, {machine['coresMeasured']} measured",
        f"{machine['memoryBytes'] / GIB:.0f} GiB",
        machine["system"],
        f"JDK {machine['jdk']}",
        *machine["kernels"],
        *(f"{name} {version}" for name, version in libraries(points).items()),
        f"load {machine['loadAverage']} at the start",
        *taken_by_others(points),
        machine["date"],
        f"commit {machine['commit']}",
    ]
    how = f"median (least – most) of {rounds} interleaved rounds" if rounds > 1 else "one round"
    return f"{how.capitalize()}; {'; '.join(dict.fromkeys(map(work, points)))}. {'; '.join(facts)}."


def work(point):
    recipe = point.recipe
    return f"{point.value}: {recipe.images:,} images, epochs: {recipe.epochs}"


def taken_by_others(points):
    taken = [
        run.cores_of_others
        for point in points
        if not point.busy
        for entry in point.entries
        for run in entry.runs
        if run.cores_of_others is not None
    ]
    return [f"others took {spread(taken, '{:.2f}'.format)} cores meanwhile"] if taken else []


def document(what, machine, points):
    return {
        "what": what.sweep or what.what,
        "machine": machine,
        "libraries": libraries(points),
        "points": [
            {
                "value": point.value,
                "busy": point.busy,
                "images": point.recipe.images,
                "epochs": point.recipe.epochs,
                "batchSize": point.recipe.batch_size,
                "layers": point.recipe.network.layers,
                "contestants": [contestant_document(entry) for entry in point.entries],
            }
            for point in points
        ],
    }


def contestant_document(entry):
    runs = [{camel_case(key): value for key, value in vars(run).items()} for run in entry.runs]
    medians = {
        key: median(run[key] for run in runs)
        for key in (
            "trainSeconds",
            "firstEpochSeconds",
            "bestEpochSeconds",
            "samplesPerSecond",
            "wallSeconds",
            "cpuSeconds",
            "peakMemoryBytes",
        )
        if runs
    }
    return {
        "name": entry.contestant.name,
        "verdict": entry.verdict,
        "failure": entry.failure or None,
        "medians": medians,
        "runs": runs,
    }


def camel_case(name):
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def write(folder, what, machine, points):
    """Writes bench.md and bench.json, each whole or not at all."""
    texts = {
        "bench.md": markdown(what, machine, points),
        "bench.json": json.dumps(document(what, machine, points), indent=2, ensure_ascii=False)
        + "\n",
    }
    for name, text in texts.items():
        partial = os.path.join(folder, f".{name}.{os.getpid()}")
        with open(partial, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(partial, os.path.join(folder, name))
