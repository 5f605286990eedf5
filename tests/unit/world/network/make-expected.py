"""What networks that are drawn come to on average, by NetworkX 3.6.1 over 200 seeds: python3 make-expected.py > expected.json"""

import json
import math
import statistics

import networkx as nx

SEEDS = 200


def exponent(degrees, least=6):
    """Of a power law of the degrees from `least` on (A. Clauset and others, 2009, equation 3.7)."""
    tail = [degree for degree in degrees if degree >= least]
    return 1 + len(tail) / sum(math.log(degree / (least - 0.5)) for degree in tail)


def degrees(graph):
    return [degree for _, degree in graph.degree()]


def blocks(graph, first):
    counts = [0, 0, 0]
    for one, other in graph.edges():
        counts[(one >= first) + (other >= first)] += 1
    second = graph.number_of_nodes() - first
    pairs = [first * (first - 1) / 2, first * second, second * (second - 1) / 2]
    return {name: count / of for name, count, of in zip(["first", "between", "second"], counts, pairs)}


def random_graph(seed):
    graph = nx.gnp_random_graph(300, 8 / 299, seed=seed)
    found = degrees(graph)
    return {
        "degree": statistics.mean(found),
        "varianceOfDegrees": statistics.pvariance(found),
        "clustering": nx.average_clustering(graph),
    }


def small_world(seed):
    graph = nx.connected_watts_strogatz_graph(200, 8, 0.1, seed=seed)
    return {
        "degree": statistics.mean(degrees(graph)),
        "varianceOfDegrees": statistics.pvariance(degrees(graph)),
        "clustering": nx.average_clustering(graph),
        "pathLength": nx.average_shortest_path_length(graph),
    }


def scale_free(seed):
    graph = nx.barabasi_albert_graph(600, 3, seed=seed)
    found = degrees(graph)
    return {
        "degree": statistics.mean(found),
        "exponent": exponent(found),
        "mostKnown": max(found),
        "clustering": nx.average_clustering(graph),
    }


def stochastic_block(seed):
    graph = nx.stochastic_block_model([100, 200], [[0.08, 0.02], [0.02, 0.08]], seed=seed)
    return {**blocks(graph, 100), "clustering": nx.average_clustering(graph)}


def summed(draw):
    rows = [draw(seed) for seed in range(SEEDS)]
    return {
        name: {"mean": statistics.mean(row[name] for row in rows), "sd": statistics.stdev(row[name] for row in rows)}
        for name in rows[0]
    }


drawn = {
    "random": random_graph,
    "small world": small_world,
    "scale free": scale_free,
    "stochastic block": stochastic_block,
}
print(json.dumps({"seeds": SEEDS, "networks": {name: summed(draw) for name, draw in drawn.items()}}, indent=2))
