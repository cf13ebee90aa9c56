import { foldWord } from '../fold-word.ts'

/**
 * Names of software, languages, services and their own notions. Who names one asks about it: a base that does not hold the name,
 * or only mentions it, seldom has the answer, however many of the other words fit. General; taken from no manual.
 */
const table = `
actix airflow akka alembic alpine android angular ansible antd apache appium arduino argo argocd astro aurelia aurora auth0 avro aws awk azure babel
bash bazel bigquery bitbucket bitcoin bun cassandra celery centos ceph chai chromium circleci clang clickhouse clojure cloudflare
cloudformation cloudfront cmake cobol cockroachdb codeigniter conda coredata couchbase couchdb cpp crontab cron csharp css cuda cypress cython d3 dart
dask databricks datadog debian deno discord django docker dockerfile dotnet drizzle drupal dynamo dynamodb ecs eks elasticsearch elixir elk emacs
envoy erlang esbuild etcd ethereum expo fedora fargate fastapi ffmpeg figma firebase firefox firestore flask flink flutter fortran freebsd gatsby gcc
gcp gdb gin git github gitlab golang gradle grafana graphql grep groovy grpc gulp gunicorn hadoop hapi haskell hbase helm heroku hibernate homebrew
htmx hugo iis influxdb ionic ios iptables istio jasmine java javafx jax jdbc jekyll jenkins jest jetty jinja jira jpa jquery json5 junit jupyter jvm
k8s kafka keras keycloak kibana knex koa kotlin kubectl kubernetes laravel latex liquibase linkerd linux lisp logstash lua lucene luigi mac macos
magento mariadb markdown mathematica matlab matplotlib maven memcached mercurial mikroorm minikube minio mocha mockito mongo mongodb mongoose mqtt
mssql mui mysql nats neo4j nestjs netbeans netlify netty nextjs nginx nifi nim nix nodemon npm nuget numpy nunit nuxt nuxtjs objectivec ocaml okta
openapi opencv openshift openssl osx pandas perl photoshop php phpunit pinia pip pipenv plotly pm2 pnpm podman polars postfix postgres postgresql
postman powershell powerbi prettier prisma prolog prometheus protobuf pulsar pulumi puppeteer pygame pymongo pyspark pytest python pytorch qt quarkus
rabbitmq rails rcpp reactjs redis redshift redux rocketmq rspec ruby rxjs s3 salesforce sass scala scikit scipy scrapy scss selenium sentry
sequelize servlet sharepoint shopify sinatra sklearn slf4j snowflake solidity solr sonarqube splunk sqlalchemy sqlite sqlserver sqs sns ssh storybook
strapi streamlit subversion sveltekit svelte svn swagger swiftui symfony systemd tailwind tailwindcss tauri teamcity tensorflow terraform thrift
tmux tokio tomcat traefik trello trpc turborepo typeorm ubuntu unix vagrant vercel vim virtualenv vite vitest vscode vue vuejs vuetify vuex wasm
webassembly webpack weblogic wildfly wireshark wordpress wpf xamarin xcode yarn yii zig zookeeper zsh rebase cherrypick dataframe dataframes goroutine
goroutines borrowck keyspace kubelet helmfile usestate useeffect usememo jsx venv makefile vlookup
eslint ec2 bitcoin flexbox kubectl eks sklearn tensorboard htaccess gitignore
`

/** Names of two words; `Next.js` is read as two. */
const pairs: ReadonlySet<string> = new Set(
  `next js|nuxt js|vue js|react js|react native|spring boot|three js|nest js|express js|sql server|material ui|entity framework|core data|github actions
  |gitlab ci|visual basic|unreal engine|power bi|google sheets|android studio|argo cd|node red|apache httpd|lets encrypt|let encrypt|socket io|angular material
  |azure devops|chrome extension|docker compose|google analytics|hugging face|internet explorer|mac os|active directory|amazon redshift`
    .split('|')
    .map((pair) => pair.trim()),
)

/** Names that are words, too: they are names where they are written with a capital within a sentence. */
const capitals: ReadonlySet<string> = new Set(
  `Angular Blender Bootstrap Chef Consul Dart Ember Excel Express Flask Glue Go Helm Hive Meteor Nest Next Nomad Nuxt Oracle Phoenix
  Puppet Rails React Rocket Ruby Rust Shiny Slack Solid Spark Spring Stripe Svelte Swift Unity Vault Vue Word`.split(
    /\s+/,
  ),
)

const names: ReadonlySet<string> = new Set(
  table
    .trim()
    .split(/\s+/)
    .map((word) => foldWord(word)),
)

/** Whether a folded word, or two with a space between, names software, a language or a service. */
export function isSoftwareName(folded: string): boolean {
  return names.has(folded) || pairs.has(folded)
}

/** Whether a word is written as the name of a software whose name is a common word. */
export function isWrittenAsName(written: string): boolean {
  return capitals.has(written)
}
