"""A large archive in Spark: zjgr reads the pages once, Spark counts as often as it likes.

    zjgr articles archive/ -o articles.jsonl
    spark-submit examples/with_spark.py articles.jsonl

On a cluster, give each worker folders of its own: every row names its file, so the parts add up to the same table.
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as f

spark = SparkSession.builder.appName("zjgr").getOrCreate()
articles = spark.read.json(sys.argv[1])
by_year = articles.withColumn("year", f.substring("date", 1, 4)).groupBy("year")
by_year.agg(
    f.count("*").alias("articles"),
    f.sum("chars").alias("chars"),
    f.sum(f.when(f.array_join("body", "").contains("职工"), 1).otherwise(0)).alias("with_职工"),
).orderBy("year").show()
